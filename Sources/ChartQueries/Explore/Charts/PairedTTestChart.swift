// SPDX-License-Identifier: MIT
import JSONValues

/// Series over time, metric by metric, for the browser to test against each other.
struct PairedTTestChart: LegacyChart {
  static let name = "paired_ttest"
  static let isTimeseries = true

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    if let metric = try query.addOrderMetric(of: form), form.saysAnything("order_desc") {
      query.order(by: metric, ascending: false)
    }
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let groups = try result.form.labels("groupby")
    let table = try result.table.pivoted(
      try result.form.metricLabels, index: [SeriesShaper.time], columns: groups)
    let times = table.index.rows.map { $0[0].json }
    var order: [String] = []
    var data: [String: [JSONValue]] = [:]
    for column in table.columns {
      let values = zip(times, column.cells).map { ["x": $0, "y": $1.json] as JSONValue }
      let group: JSONValue =
        groups.isEmpty ? "All" : .array(column.label.dropFirst().map(\.json))
      let metric = column.label[0].text
      if data[metric] == nil { order.append(metric) }
      data[metric, default: []].append(["group": group, "values": .array(values)])
    }
    let members = order.map { ($0, JSONValue.array(data[$0] ?? [])) }
    return LegacyData(.object(JSONObject(members) { $1 }))
  }
}
