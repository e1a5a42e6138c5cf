// SPDX-License-Identifier: MIT
import JSONValues

/// A column of a table chart, and how its cells are written.
struct TableColumn {
  enum Look {
    case number(NumberText), time(TimeFormat), plain
  }

  let name: String
  let title: String
  let look: Look
  let isRight: Bool
  /// Neither a number nor a time.
  let isPlain: Bool
  /// Where bars in the cells begin and end; nil without bars.
  let range: ClosedRange<Double>?
  /// Bars of what is below zero are red.
  let isSigned: Bool
  private let isMagnitude: Bool

  init(_ column: DataTable.Column, _ chart: Chart, _ table: DataTable, isMetric: Bool) {
    let config = chart.form["column_config"]?[column.name]
    name = column.name
    title =
      config?["customColumnName"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
      ?? Self.title(column.name, chart)
    look = Self.look(column, chart, config, isMetric: isMetric)
    isPlain = column.kind == .text
    let side = config?["horizontalAlign"]?.stringValue
    isRight = side.map { $0 == "right" } ?? (column.kind == .number)
    let hasBars = (config?["showCellBars"] ?? chart.form["show_cell_bars"]).map(\.isTrue) ?? true
    isMagnitude = (config?["alignPositiveNegative"] ?? chart.form["align_pn"]).isTrue
    isSigned = (config?["colorPositiveNegative"] ?? chart.form["color_pn"]).isTrue
    // As in Superset, colours of rules leave no column its bars.
    let hasRules = !(chart.form["conditional_formatting"]).list.isEmpty
    let isDrawn = hasBars && !hasRules && column.kind == .number && isMetric
    range = isDrawn ? Self.range(table.rows, column.name, isMagnitude) : nil
  }

  /// Of a percentage the sign stays before the metric's name.
  private static func title(_ name: String, _ chart: Chart) -> String {
    let title = chart.names.title(of: name)
    guard title == name, name.hasPrefix("%") else { return title }
    return "%" + chart.names.title(of: String(name.dropFirst()))
  }

  static func isVisible(_ column: DataTable.Column, _ chart: Chart) -> Bool {
    chart.form["column_config"]?[column.name]?["visible"]?.boolValue ?? true
  }

  private static func look(
    _ column: DataTable.Column, _ chart: Chart, _ config: JSONValue?, isMetric: Bool
  ) -> Look {
    switch column.kind {
    case .time:
      let own = config?["d3TimeFormat"]?.stringValue ?? chart.text("table_timestamp_format")
      if let own, own != "smart_date", !own.isEmpty { return .time(TimeFormat(own)) }
      return .time(
        TimeFormat.of(grain: chart.text("time_grain_sqla"))
          ?? TimeFormat(pattern: "%Y-%m-%d %H:%M:%S"))
    case .number:
      let own =
        config?["d3NumberFormat"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        ?? chart.names.format(of: column.name)
      let currency =
        CurrencyFormat(config?["currencyFormat"]) ?? chart.names.currency(of: column.name)
      let isShare = FormLabels.metrics(chart.form["percent_metrics"]).contains {
        column.name == "%" + $0
      }
      if isShare { return .number(NumberText(own ?? ",.3%")) }
      // Superset leaves numbers as they are unless somebody has summed them up.
      guard isMetric && !isRaw(chart) || own != nil || currency != nil else { return .plain }
      return .number(NumberText(own, currency))
    case .text, .flag: return .plain
    }
  }

  static func isRaw(_ chart: Chart) -> Bool {
    let mode = chart.text("query_mode")
    return mode == "raw" || mode == nil && !(chart.form["all_columns"]).list.isEmpty
  }

  private static func range(
    _ rows: [JSONObject], _ name: String, _ isMagnitude: Bool
  ) -> ClosedRange<Double>? {
    let values = rows.compactMap { $0[name]?.plotted }.map { isMagnitude ? abs($0) : $0 }
    guard let low = values.min(), let high = values.max() else { return nil }
    let range = min(0, low)...max(0, high)
    let size = range.upperBound - range.lowerBound
    return size > 0 && size.isFinite ? range : nil
  }

  func text(_ value: JSONValue?) -> String? {
    guard let value, !value.isNull else { return nil }
    switch look {
    case .number(let format):
      if let number = value.plotted { return format.text(number) }
    case .time(let format):
      if let number = value.plotted, value.stringValue == nil { return format.text(number) }
    case .plain: break
    }
    return SeriesName.text(value, time: .detailed)
  }

  /// From where to where the bar of a value reaches, in shares of the cell.
  func bar(_ value: Double?) -> (from: Double, width: Double)? {
    guard let range, var value else { return nil }
    if isMagnitude { value = abs(value) }
    let size = range.upperBound - range.lowerBound
    let zero = -range.lowerBound / size
    let width = abs(value) / size
    return (value < 0 ? zero - width : zero, width)
  }
}
