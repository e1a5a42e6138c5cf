// SPDX-License-Identifier: MIT
import JSONValues

/// One line for each period of time, all laid over the latest.
struct TimePivotChart: TimeSeriesChart {
  static let name = "time_pivot"
  static let sortsSeries = true

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    try orderSeries(&query, form)
    query.members["metrics"] = [form.value("metric")]
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let form = result.form
    let groups = try form.labels("groupby")
    guard groups.isEmpty else { throw .unsupported("the viz_type 'time_pivot' with groupby") }
    let shaper = try SeriesShaper(form, sortsSeries: true, fill: nil)
    let table = try shaper.shaped(result.table, by: [])
    guard let freq = form.text("freq") else {
      throw .breaksOff(reason: "'NoneType' object has no attribute 'n'")
    }
    let metric = try ExploreForm.label(ofMetric: try form.required("metric"))
    let laid = try Self.laidOver(table, try Self.period(freq), metric)
    let pivoted = try laid.table.pivoted([metric], index: [SeriesShaper.time], columns: ["series"])
    let lines = TimeSeries.all(in: pivoted, true).map { line in
      let rank = laid.ranks[line.name[0]] ?? 0
      var members = line.json.objectValue ?? [:]
      members["key"] = .string(line.name[0])
      members["rank"] = .integer(rank)
      members["perc"] = .double(1 - Double(rank) / Double(laid.ranks.count))
      return JSONValue.object(members)
    }
    return LegacyData(.array(lines))
  }

  private static func period(_ freq: String) throws(ChartQueryError) -> PandasOffset {
    do { return try PandasOffset(freq) } catch .postProcessing(let reason) {
      throw .breaksOff(reason: reason)
    }
  }

  /// Every moment moved to the last period, and named by how many periods ago it was.
  private static func laidOver(
    _ table: DataTable, _ period: PandasOffset, _ metric: String
  ) throws(ChartQueryError) -> (table: DataTable, ranks: [String: Int]) {
    let times = table.index.rows.compactMap { row -> Int? in
      if case .time(let time) = row.first { time.microseconds } else { nil }
    }
    let starts = times.map(period.beginning)
    let newest = Set(starts).sorted(by: >)
    let places = Dictionary(uniqueKeysWithValues: newest.enumerated().map { ($1, $0) })
    let ranks = starts.map { places[$0] ?? 0 }
    let names = ranks.map { $0 == 0 ? "current" : "-\($0)" }
    let moved = zip(times, starts).map { Cell.time(CivilTime(microseconds: $0 + newest[0] - $1)) }
    let laid = DataTable([
      .init(label: [.text(SeriesShaper.time)], cells: moved),
      .init(label: [.text("series")], cells: names.map { .text($0) }),
      .init(label: [.text(metric)], cells: try table.legacyCells(metric)),
    ])
    return (laid, Dictionary(zip(names, ranks)) { $1 })
  }
}
