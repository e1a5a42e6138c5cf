// SPDX-License-Identifier: MIT

/// A table as pandas writes one, and Superset then lets through: names of several levels share cells.
enum HTMLTable {
  static func append(_ table: NotificationTable, to html: inout String) {
    html += "<table border=\"1\" class=\"dataframe\">\n<thead>\n"
    appendHead(table, to: &html)
    html += "</thead>\n<tbody>\n"
    let spans = spans(of: table.index)
    for (row, cells) in table.rows.enumerated() {
      html += "<tr>\n"
      for (level, name) in table.index[row].enumerated() {
        // Zero: the cell of a row further up stands here, too.
        let span = spans[row][level]
        if span == 1 { html += "<th>" } else if span > 1 { html += "<th rowspan=\"\(span)\">" }
        if span > 0 { html += "\(HTMLText.escaped(name))</th>\n" }
      }
      for cell in cells { html += "<td>\(HTMLText.escaped(cell ?? ""))</td>\n" }
      html += "</tr>\n"
    }
    html += "</tbody>\n</table>\n"
  }

  private static func appendHead(_ table: NotificationTable, to html: inout String) {
    let spans = spans(of: table.columns)
    let corner = String(repeating: "<th></th>\n", count: table.index.first?.count ?? 1)
    for level in 0..<(table.columns.first?.count ?? 0) {
      html += "<tr>\n\(corner)"
      for (column, names) in table.columns.enumerated() where spans[column][level] > 0 {
        let span = spans[column][level]
        html += span == 1 ? "<th>" : "<th colspan=\"\(span)\" halign=\"left\">"
        html += "\(HTMLText.escaped(names[level]))</th>\n"
      }
      html += "</tr>\n"
    }
  }

  /// How many neighbours share a name, at the first of them, 0 at the others; those of the last level share nothing.
  private static func spans(of names: [[String]]) -> [[Int]] {
    guard let depth = names.first?.count, depth > 1 else { return names.map { _ in [1] } }
    var spans = names.map { $0.map { _ in 1 } }
    for level in 0..<depth - 1 {
      var first = 0
      for item in names.indices.dropFirst() {
        if names[item].prefix(level + 1) == names[first].prefix(level + 1) {
          spans[first][level] += 1
          spans[item][level] = 0
        } else {
          first = item
        }
      }
    }
    return spans
  }
}
