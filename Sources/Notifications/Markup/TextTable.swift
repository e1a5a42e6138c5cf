// SPDX-License-Identifier: MIT

/// A table drawn with characters, as Markdown has them.
struct TextTable {
  /// Characters of a cell.
  private static let cellLimit = 60
  /// Rows that are looked at for how wide a column is.
  private static let sampleSize = 1_000

  private let table: NotificationTable
  private let widths: [Int]
  /// Whether the column holds numbers alone, which stand at its right.
  private let areNumbers: [Bool]
  private let names: [String]

  init(_ table: NotificationTable) {
    self.table = table
    let head = table.columns.map { $0.filter { !$0.isEmpty }.joined(separator: " ") }
    let names = [""] + head.map(Self.cell)
    let rows = table.rows.indices.prefix(Self.sampleSize).map { Self.cells(table, $0) }
    widths = names.indices.map { column in
      max(3, names[column].count, rows.map { $0[column].count }.max() ?? 0)
    }
    areNumbers = names.indices.map { column in
      let texts = rows.map { $0[column] }.filter { !$0.isEmpty }
      return !texts.isEmpty && texts.allSatisfy { Double($0.filter { $0 != "," }) != nil }
    }
    self.names = names
  }

  /// The head and so many rows, and how many more there are.
  func text(rows limit: Int) -> String {
    let count = min(limit, table.rows.count)
    let lines = head + (0..<count).map(line)
    let rest = table.rows.count - count
    return lines.joined(separator: "\n") + (rest > 0 ? "\n\n(and \(Self.rows(rest)) more)" : "")
  }

  /// Two lines.
  var head: [String] {
    let rule = widths.indices.map { column in
      let dashes = String(repeating: "-", count: widths[column] + 1)
      return areNumbers[column] ? dashes + ":" : ":" + dashes
    }
    return [drawn(names), "|" + rule.joined(separator: "|") + "|"]
  }

  func line(_ row: Int) -> String { drawn(Self.cells(table, row)) }

  static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }

  private func drawn(_ cells: [String]) -> String {
    let padded = cells.indices.map { column in
      let cell = cells[column]
      let blanks = String(repeating: " ", count: max(0, widths[column] - cell.count))
      return areNumbers[column] ? blanks + cell : cell + blanks
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }

  private static func cells(_ table: NotificationTable, _ row: Int) -> [String] {
    let name = table.index[row].filter { !$0.isEmpty }.joined(separator: " ")
    return [cell(name)] + table.rows[row].map { cell($0 ?? "") }
  }

  /// What would be taken for the next cell is drawn as another line.
  private static func cell(_ text: String) -> String {
    let line = String(text.prefix(4 * cellLimit)).singleLine.replacing("|", with: "¦")
    return line.count > cellLimit ? line.prefix(cellLimit - 1) + "…" : line
  }
}
