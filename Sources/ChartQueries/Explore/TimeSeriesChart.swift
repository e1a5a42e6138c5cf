// SPDX-License-Identifier: MIT
import JSONValues

/// A line for each series: the common part of NVD3's charts over time.
protocol TimeSeriesChart: LegacyChart {
  static var sortsSeries: Bool { get }
  static var fill: Cell? { get }
}

extension TimeSeriesChart {
  static var isTimeseries: Bool { true }
  static var sortsSeries: Bool { false }
  static var fill: Cell? { nil }

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    try orderSeries(&query, form)
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    LegacyData(.array(try series(of: result).map(\.json)))
  }

  /// By the metric that limits the series, else by the first.
  func orderSeries(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    let isAscending = !form.saysAnything("order_desc")
    if let metric = try query.addOrderMetric(of: form) {
      query.order(by: metric, ascending: isAscending)
    } else if let first = query.metrics.first {
      query.order(by: .string(try ExploreForm.label(ofMetric: first)), ascending: isAscending)
    }
  }

  func series(of result: LegacyResult) throws(ChartQueryError) -> [TimeSeries] {
    let form = result.form
    let shaper = try SeriesShaper(form, sortsSeries: Self.sortsSeries, fill: Self.fill)
    let groups = try form.labels("groupby")
    let hasOneMetric = try form.metricLabels.count == 1
    var shifted: [(text: String, table: DataTable)] = []
    for (shift, table) in result.shifted where table.rowCount > 0 {
      shifted.append(("\(shift.text) offset", try shaper.shaped(table, by: groups)))
    }
    let table = try shaper.shaped(result.table, by: groups)
    let kind = form.text("comparison_type") ?? "values"
    var series: [TimeSeries] = kind == "values" ? TimeSeries.all(in: table, hasOneMetric) : []
    for (number, other) in shifted.enumerated() {
      let shown =
        try kind == "values"
        ? other.table : SeriesComparison(table, other.table).result(kind)
      let mark = TimeSeries.Mark(number: number, suffix: other.text)
      series += TimeSeries.all(in: shown, hasOneMetric, mark)
    }
    // Sorted by what is compared: a name that is one text counts as the list of its characters.
    return Self.sortsSeries
      ? series
      : series.enumerated().sorted {
        $0.element.precedes($1.element) ?? ($0.offset < $1.offset)
      }.map(\.element)
  }
}

/// One line of a chart.
struct TimeSeries {
  /// What tells a line of another time.
  struct Mark {
    let number: Int
    let suffix: String
  }

  /// One text for a metric alone, several for a metric and the values of its groups.
  let name: [String]
  let isList: Bool
  let points: [(time: CivilTime, value: Cell)]
  private let mark: Mark?

  private init(
    _ column: DataTable.Column, _ times: [CivilTime], _ hasOneMetric: Bool, _ mark: Mark?
  ) {
    var name = column.label.map(\.text)
    if name.count > 1, hasOneMetric { name.removeFirst() }
    if column.label.count == 1, name == [""] { name = ["N/A"] }
    if let mark { name.append(mark.suffix) }
    self.name = name
    isList = column.label.count > 1 || mark != nil
    points = zip(times, column.cells).map { ($0, $1) }
    self.mark = mark
  }

  /// Columns without any number are no lines.
  static func all(in table: DataTable, _ hasOneMetric: Bool, _ mark: Mark? = nil) -> [TimeSeries] {
    let times = table.index.rows.compactMap { row -> CivilTime? in
      if case .time(let time) = row.first { time } else { nil }
    }
    return table.columns.filter { $0.isNumeric && !$0.cells.allSatisfy(\.isNull) }
      .map { TimeSeries($0, times, hasOneMetric, mark) }
  }

  var key: JSONValue { isList ? .array(name.map { .string($0) }) : .string(name[0]) }

  var json: JSONValue {
    var members: JSONObject = [
      "key": key,
      "values": .array(
        points.map { ["x": .double($0.time.epochMilliseconds), "y": $0.value.json] }),
    ]
    if let mark { members["classed"] = .string("time-shift-\(mark.number)") }
    return .object(members)
  }

  /// Nil for equals.
  fileprivate func precedes(_ other: TimeSeries) -> Bool? {
    let (ours, theirs) = (sortKey, other.sortKey)
    guard ours != theirs else { return nil }
    return ours.lexicographicallyPrecedes(theirs) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private var sortKey: [String] {
    isList ? name : name[0].unicodeScalars.map { String($0) }
  }
}
