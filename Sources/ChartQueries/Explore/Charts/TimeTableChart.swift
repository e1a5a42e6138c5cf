// SPDX-License-Identifier: MIT
import JSONValues

/// A table with a row for each moment.
struct TimeTableChart: LegacyChart {
  static let name = "time_table"
  static let isTimeseries = true

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    guard form.saysAnything("metrics"), let first = query.metrics.first else {
      throw .chart(reason: "Pick at least one metric")
    }
    let count = form["metrics"]?.arrayValue?.count ?? 1
    guard !form.saysAnything("groupby") || count == 1 else {
      throw .chart(reason: "When using 'Group By' you are limited to use a single metric")
    }
    let isDescending = query.members["order_desc"]?.saysAnything ?? false
    query.order(
      by: .string(try ExploreForm.label(ofMetric: first)), ascending: !isDescending)
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let labels = try result.form.metricLabels
    let groups = try result.form.labels("groupby")
    let metrics = groups.isEmpty ? labels : Array(labels.prefix(1))
    let table = try result.table.pivoted(metrics, index: [SeriesShaper.time], columns: groups)
    guard groups.count < 2 else {
      throw .breaksOff(reason: "keys must be str, int, float, bool or None, not tuple")
    }
    // With groups there is one metric, whose name says nothing.
    let names = table.columns.map { $0.label[groups.isEmpty ? 0 : 1] }
    let records = (0..<table.rowCount).map { row in
      let cells = zip(names, table.columns).map { ($0.text, $1.cells[row].json) }
      return (table.index.rows[row][0].text, JSONValue.object(JSONObject(cells) { $1 }))
    }
    return LegacyData([
      "records": .object(JSONObject(records) { $1 }), "columns": .array(names.map(\.json)),
      "is_group_by": .bool(!groups.isEmpty),
    ])
  }
}
