// SPDX-License-Identifier: MIT
import JSONValues

/// A pivot table: keys at the left and above, values, totals.
struct PivotPicture: Picture {
  private static let rowHeight = 26.0
  private static let padding = 18.0
  /// On the widest page there is no room for more columns, and to measure them all would take long.
  private static let mostColumns = 150
  private static let fit = TextFit(size: 12)

  private let pivot: PivotTable
  private let chart: Chart
  private let time: TimeFormat
  private let hasRowTotals: Bool
  private let hasColumnTotals: Bool
  private let kinds: [String: DataTable.Kind]

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let table = try chart.table()
    return PivotPicture(chart, try PivotTable(chart, table), table).drawn(in: box)
  }

  private init(_ chart: Chart, _ pivot: PivotTable, _ table: DataTable) {
    (self.chart, self.pivot) = (chart, pivot)
    time = TimeFormat(chart.text("date_format"))
    // A total of one row or column says nothing new where there is nothing to sum up.
    hasRowTotals = chart.form["rowTotals"].isTrue && !pivot.columnNames.isEmpty
    hasColumnTotals = chart.form["colTotals"].isTrue && !pivot.rowNames.isEmpty
    kinds = Dictionary(table.columns.map { ($0.name, $0.kind) }, uniquingKeysWith: { $1 })
  }

  private func drawn(in box: Box) -> Markup {
    let heads = pivot.columnNames.count + 1
    let room = max(1, Int(box.height / Self.rowHeight) - heads - (hasColumnTotals ? 1 : 0))
    let fits = pivot.rows.count <= room
    let rows = Array(pivot.rows.prefix(fits ? room : max(1, room - 1)))
    let left = leftWidths(rows)
    let natural = pivot.columns.prefix(Self.mostColumns).map { naturalWidth($0, rows) }
    let total = hasRowTotals ? totalWidth(rows) : 0
    let layout = ColumnWidths(
      natural.map { .init(natural: $0, least: min($0, 70)) },
      // The last border lies half beyond the table.
      into: max(60, box.width - 1 - left.reduce(0, +) - total), isFilled: true)
    let columns = Array(pivot.columns.prefix(layout.widths.count))
    var body = Markup()
    for line in headLines(columns) { body += line }
    for (index, row) in rows.enumerated() {
      body += bodyLine(row, after: index > 0 ? rows[index - 1] : nil, columns)
    }
    if hasColumnTotals { body += totalLine(columns) }
    let widths = left + layout.widths + (hasRowTotals ? [total] : [])
    var output = Markup(
      "table", ["class": "pivot", "style": "width:\(widths.reduce(0, +).pixels)"],
      TablePicture.widths(widths) + Markup("tbody", body))
    let hidden = pivot.columns.count - columns.count
    if rows.count < pivot.rows.count || hidden > 0 {
      output += TablePicture.rest(rows: pivot.rows.count - rows.count, columns: hidden)
    }
    return Markup("div", ["class": "sheet"], output)
  }

  // MARK: widths

  private func leftWidths(_ rows: [PivotTable.Header]) -> [Double] {
    let names = pivot.rowNames.enumerated().map { index, name in
      let texts = rows.prefix(100).compactMap { $0.key.count > index ? $0.key[index] : nil }
        .map { text($0, name) }
      return min(220, ([name] + texts).map { Self.fit.width(of: $0) }.max() ?? 0) + Self.padding
    }
    let last = pivot.columnNames.map { Self.fit.width(of: title($0)) }.max() ?? 0
    return names + [min(160, last) + Self.padding]
  }

  private func naturalWidth(_ column: PivotTable.Header, _ rows: [PivotTable.Header]) -> Double {
    let texts = (rows.map(\.key) + [[]]).prefix(100).map { value($0, column.key) }
    let heads = column.key.suffix(1).map { text($0, pivot.columnNames.last ?? "") }
    let widest = (texts + heads).map { Self.fit.width(of: $0) }.max() ?? 0
    return min(200, widest * 1.1) + Self.padding
  }

  private func totalWidth(_ rows: [PivotTable.Header]) -> Double {
    let fit = TextFit(size: 12, isBold: true)
    let texts = (rows.map(\.key) + [[]]).prefix(100).map { value($0, []) }
    // The title may be broken into lines.
    let title = min(130, fit.width(of: totalTitle))
    return max(title, texts.map { fit.width(of: $0) }.max() ?? 0) + Self.padding
  }

  // MARK: texts

  private var totalTitle: String { "Total (\(pivot.aggregate.rawValue))" }

  private func text(_ value: JSONValue, _ name: String) -> String {
    let label = SeriesName.text(value, kinds[name], time: time)
    let shown = name == PivotTable.metric ? chart.names.title(of: label) : label
    return PlainText.cleaned(shown, limit: 120)
  }

  private func title(_ name: String) -> String { chart.names.title(of: name) }

  private func value(_ row: [JSONValue], _ column: [JSONValue]) -> String {
    guard let value = pivot.value(row: row, column: column) else { return "" }
    if pivot.aggregate.whole != .none { return ValueFormat(",.1%").text(value) }
    let metric = pivot.metric(row: row, column: column)
    return chart.format(metric, chart.text("valueFormat") ?? "SMART_NUMBER").text(value)
  }

  // MARK: lines

  /// A line for each level of columns, then one with the names of the rows' levels.
  private func headLines(_ columns: [PivotTable.Header]) -> [Markup] {
    let depth = pivot.columnNames.count
    var lines = pivot.columnNames.enumerated().map { level, name in
      var cells =
        level == 0 && !pivot.rowNames.isEmpty
        ? spanning("", columns: pivot.rowNames.count, rows: depth) : Markup()
      cells += spanning(title(name))
      for (column, count) in groups(columns, level) {
        let isSum = column.isTotal && column.key.count <= level
        let label =
          isSum ? (column.key.count == level ? "Subtotal" : "") : text(column.key[level], name)
        cells += spanning(label, columns: count)
      }
      if level == 0, hasRowTotals { cells += spanning(totalTitle, rows: depth + 1, isBold: true) }
      return Markup("tr", cells)
    }
    var last = Markup()
    for name in pivot.rowNames { last += spanning(title(name)) }
    last += spanning("")
    if !columns.isEmpty { last += spanning("", columns: columns.count) }
    if lines.isEmpty, hasRowTotals { last += spanning(totalTitle, isBold: true) }
    lines.append(Markup("tr", last))
    return lines
  }

  /// Neighbours with the same beginning of their keys.
  private func groups(
    _ columns: [PivotTable.Header], _ level: Int
  ) -> [(PivotTable.Header, Int)] {
    var groups: [(PivotTable.Header, Int)] = []
    for column in columns {
      if let last = groups.last?.0, last.key.count > level, column.key.count > level,
        last.key.prefix(level + 1) == column.key.prefix(level + 1)
      {
        groups[groups.count - 1].1 += 1
      } else {
        groups.append((column, 1))
      }
    }
    return groups
  }

  private func spanning(
    _ text: String, columns: Int = 1, rows: Int = 1, isBold: Bool = false
  ) -> Markup {
    Markup(
      "th",
      [
        "colspan": columns == 1 ? "" : String(columns), "rowspan": rows == 1 ? "" : String(rows),
        "class": isBold ? "sum" : "key",
      ], TablePicture.isolated(text))
  }

  private func bodyLine(
    _ row: PivotTable.Header, after previous: PivotTable.Header?, _ columns: [PivotTable.Header]
  ) -> Markup {
    var cells = Markup()
    let count = pivot.rowNames.count
    for (level, name) in pivot.rowNames.enumerated() {
      let span = level == count - 1 ? 2 : 1
      guard level < row.key.count else {
        cells += spanning(level == row.key.count ? "Subtotal" : "", columns: span)
        continue
      }
      let isSame =
        previous.map { $0.key.prefix(level + 1) == row.key.prefix(level + 1) } ?? false
      cells += spanning(isSame ? "" : text(row.key[level], name), columns: span)
    }
    if count == 0 { cells += spanning(totalTitle, isBold: true) }
    for column in columns {
      cells += cell(row.key, column.key, isBold: row.isTotal || column.isTotal)
    }
    if hasRowTotals { cells += cell(row.key, [], isBold: true) }
    return Markup("tr", cells)
  }

  private func totalLine(_ columns: [PivotTable.Header]) -> Markup {
    var cells = Markup(
      "th", ["colspan": String(pivot.rowNames.count + 1), "class": "sum"],
      TablePicture.isolated(totalTitle))
    for column in columns { cells += cell([], column.key, isBold: true) }
    if hasRowTotals { cells += cell([], [], isBold: true) }
    return Markup("tr", cells)
  }

  private func cell(_ row: [JSONValue], _ column: [JSONValue], isBold: Bool) -> Markup {
    Markup(
      "td", ["class": isBold ? "right sum value" : "right value"],
      TablePicture.isolated(value(row, column)))
  }
}
