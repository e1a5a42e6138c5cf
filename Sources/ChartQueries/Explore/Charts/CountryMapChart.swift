// SPDX-License-Identifier: MIT
import JSONValues

/// A number for each region of one country.
struct CountryMapChart: LegacyChart {
  static let name = "country_map"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    for (name, reason) in [
      ("select_country", "Must specify a country"), ("metric", "Must specify a metric"),
      ("entity", "Must provide ISO codes"),
    ] where !form.saysAnything(name) {
      throw .chart(reason: reason)
    }
    query.members["metrics"] = [form.value("metric")]
    query.members["groupby"] = [form.value("entity")]
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let entity = try ExploreForm.label(ofColumn: result.form.value("entity"))
    let metric = try result.form.metricLabels.first ?? ""
    let table = try result.table.legacyColumns([entity, metric], as: ["country_id", "metric"])
    return LegacyData(table.legacyRecords)
  }
}
