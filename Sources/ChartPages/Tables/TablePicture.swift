// SPDX-License-Identifier: MIT
import JSONValues

/// Rows and columns, as many as there is room for; of the others their number.
struct TablePicture: Picture {
  static let rowHeight = 28.0
  /// Rows that are looked at for the width of a column.
  private static let measured = 200
  /// Letters of a cell that are kept.
  private static let longest = 200
  private static let padding = 16.0
  /// On the widest page there is no room for more.
  private static let mostColumns = 200
  /// Below this no text can be read.
  private static let narrowest = 90.0
  private static let fit = TextFit(size: 12)

  private let table: DataTable
  private let columns: [TableColumn]
  /// Columns that are not even looked at.
  private let others: Int
  private let rules: CellRules
  private let totals: JSONObject?
  /// Rows of one page of the table.
  private let pageLength: Int
  private let theme: Theme

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    TablePicture(chart, try chart.table()).drawn(in: box)
  }

  init(_ chart: Chart, _ table: DataTable) {
    let metrics = FormLabels.unique(
      FormLabels.metrics(chart.form["metrics"])
        + FormLabels.metrics(chart.form["percent_metrics"]).map { "%" + $0 })
    let isRaw = TableColumn.isRaw(chart)
    self.table = table
    theme = chart.theme
    let visible = table.columns.filter { TableColumn.isVisible($0, chart) }
    others = max(0, visible.count - Self.mostColumns)
    columns = visible.prefix(Self.mostColumns).map { column in
      let isMetric = isRaw || metrics.isEmpty || metrics.contains(column.name)
      return TableColumn(column, chart, table, isMetric: isMetric)
    }
    rules = CellRules(chart, table)
    let length = Int(chart.number("page_length", 0...1_000_000, else: 0))
    pageLength = length > 0 ? length : table.rows.count
    let last = chart.tables.dropFirst().last
    totals = chart.form["show_totals"].isTrue && last?.rows.count == 1 ? last?.rows[0] : nil
  }

  func drawn(in box: Box) -> Markup {
    let layout = ColumnWidths(columns.map(wish), into: box.width, isFilled: true)
    let shown = Array(columns.prefix(layout.widths.count))
    let footer = totals == nil ? 0 : 1
    let room = max(1, Int(box.height / Self.rowHeight) - 1 - footer)
    let hidden = layout.hidden + others
    let isCut = table.rows.count > min(room, pageLength) || hidden > 0
    let rows = table.rows.prefix(min(pageLength, isCut ? max(1, room - 1) : room))
    var body = Markup()
    for row in rows { body += line(row, shown) }
    if let totals { body += summary(totals, shown) }
    var output = Markup(
      "table", ["class": "data"],
      Self.widths(layout.widths) + Markup("thead", head(shown)) + Markup("tbody", body))
    if isCut { output += Self.rest(rows: table.rows.count - rows.count, columns: hidden) }
    return Markup("div", ["class": "sheet"], output)
  }

  /// A number or a time that is cut is another one; texts may be.
  private func wish(_ column: TableColumn) -> ColumnWidths.Wish {
    let title = TextFit(size: 12, isBold: true).width(
      of: PlainText.cleaned(column.title, limit: 80))
    let sum = totals.flatMap { column.text($0[column.name]) } ?? (totals == nil ? "" : "Summary")
    var widest = TextFit(size: 12, isBold: true).width(of: PlainText.cleaned(sum, limit: 80))
    for row in table.rows.prefix(Self.measured) {
      guard let text = column.text(row[column.name]) else { continue }
      widest = max(widest, Self.fit.width(of: PlainText.cleaned(text, limit: 80)))
    }
    let natural = max(40, max(title, widest) + Self.padding)
    let least = column.isPlain ? min(natural, Self.narrowest) : max(40, widest + Self.padding)
    return ColumnWidths.Wish(natural: natural, least: min(natural, least))
  }

  static func widths(_ widths: [Double]) -> Markup {
    let columns = widths.map { Markup(empty: "col", ["style": "width:\($0.pixels)"]) }
    return Markup("colgroup", Markup.joined(columns))
  }

  private func head(_ columns: [TableColumn]) -> Markup {
    let cells = columns.map { column in
      Markup("th", ["class": column.isRight ? "right" : "left"], Self.isolated(column.title))
    }
    return Markup("tr", Markup.joined(cells))
  }

  static func isolated(_ text: String) -> Markup {
    Markup("span", ["dir": "auto"], Markup(text: PlainText.cleaned(text, limit: longest)))
  }

  private func line(_ row: JSONObject, _ columns: [TableColumn]) -> Markup {
    var cells = Markup()
    for column in columns { cells += cell(column, row[column.name]) }
    return Markup("tr", cells)
  }

  private func cell(_ column: TableColumn, _ value: JSONValue?) -> Markup {
    guard let text = column.text(value) else {
      return Markup("td", ["class": column.isRight ? "none right" : "none"], Markup("N/A"))
    }
    let number = value?.plotted
    let card = Colour(theme.card) ?? Colour(0xFFFFFF)
    let back = rules.colour(of: column.name, number, on: card)
    let style = back.map { "background:\($0.css);color:\($0.ink)" } ?? ""
    let bar = back == nil ? self.bar(column, number) : Markup()
    return Markup(
      "td", ["class": column.isRight ? "right" : "left", "style": style],
      bar + Self.isolated(text))
  }

  private func bar(_ column: TableColumn, _ number: Double?) -> Markup {
    guard let bar = column.bar(number), bar.width > 0 else { return Markup() }
    let kind = column.isSigned && (number ?? 0) < 0 ? "bar below" : "bar"
    let style = "left:\((bar.from * 100).css)%;width:\((bar.width * 100).css)%"
    return Markup("i", ["class": kind, "style": style], Markup())
  }

  private func summary(_ totals: JSONObject, _ columns: [TableColumn]) -> Markup {
    var cells = Markup()
    for (index, column) in columns.enumerated() {
      let text = column.text(totals[column.name]) ?? (index == 0 ? "Summary" : "")
      cells += Markup("td", ["class": column.isRight ? "right" : "left"], Self.isolated(text))
    }
    return Markup("tr", ["class": "total"], cells)
  }

  static func rest(rows: Int, columns: Int) -> Markup {
    var parts: [String] = []
    if rows > 0 { parts.append("+ \(rows) more row\(rows == 1 ? "" : "s")") }
    if columns > 0 { parts.append("+ \(columns) more column\(columns == 1 ? "" : "s")") }
    return Markup("p", ["class": "more"], Markup(text: parts.joined(separator: ", ")))
  }
}
