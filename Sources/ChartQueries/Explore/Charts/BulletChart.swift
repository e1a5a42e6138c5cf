// SPDX-License-Identifier: MIT
import JSONValues

/// One number on a scale.
struct BulletChart: LegacyChart {
  static let name = "bullet"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    let metric = try form.required("metric")
    query.members["metrics"] = [metric]
    guard metric.saysAnything else { throw .chart(reason: "Pick a metric to display") }
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let label = try ExploreForm.label(ofMetric: try result.form.required("metric"))
    let cells = try result.table.legacyCells(label)
    return LegacyData(
      ["measures": .array(cells.map(\.json))],
      columnNames: result.table.columns.map { $0.label[0].text } + ["metric"])
  }
}
