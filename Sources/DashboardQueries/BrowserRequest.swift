// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// What a browser posts for a saved chart when somebody opens a dashboard that it stands on, or the
/// chart alone.
package enum BrowserRequest: Hashable, Sendable {
  /// The body of `POST /api/v1/chart/data`.
  ///
  /// Superset's key is made of its `datasource`, `queries`, `result_type` and `result_format`;
  /// `force` and `form_data`
  /// do not count.
  case chartData(JSONValue)
  /// The form that legacy types post to `/superset/explore_json`; all of it counts.
  case exploreJSON(JSONValue)

  /// - Parameter dashboard: nil for the chart alone, as it was saved.
  /// - Parameter today: the day on which the page is opened; without it, comparisons that count
  ///   from it are refused.
  package init(
    of chart: Chart, on dashboard: DashboardFilters?, for frontend: Frontend = .superset,
    today: CivilDay? = nil
  ) throws(DashboardQueryError) {
    try dashboard?.requireValues(forChart: chart.id)
    let made: BrowserRequest?
    do throws(FormFault) {
      let form = try Self.form(of: chart, on: dashboard, for: frontend)
      made = try Self.made(chart, form, for: frontend, today: today)
    } catch {
      switch error {
      case .unusable(let reason): throw .unusableForm(chart: chart.id, reason: reason)
      case .today: throw .today(chart: chart.id)
      }
    }
    guard let made else { throw .unknownType(chart: chart.id, name: chart.vizType) }
    self = made
  }

  private static func form(
    of chart: Chart, on dashboard: DashboardFilters?, for frontend: Frontend
  ) throws(FormFault) -> JSONObject {
    var form = ChartForm.completed(ChartForm.saved(chart))
    if let dashboard { return try dashboard.form(form, ofChart: chart.id, for: frontend) }
    // What the address of its own page says: /explore/?slice_id=7
    form["url_params"] = ["slice_id": .string(String(chart.id))]
    return form
  }

  private static func made(
    _ chart: Chart, _ form: JSONObject, for frontend: Frontend, today: CivilDay?
  ) throws(FormFault) -> BrowserRequest? {
    if ControlPanel.isLegacy(chart.vizType) { return .exploreJSON(.object(accepted(form))) }
    let maker = ChartQueryMaker(form: form, frontend: frontend, today: today)
    if let queries = try maker.queries(ofType: chart.vizType) {
      return .chartData(body(queries, of: form, for: frontend))
    }
    guard let saved = SavedContext(chart) else { return nil }
    return .chartData(body(try saved.queries(for: form, frontend), of: form, for: frontend))
  }

  /// Scripts in a form do not reach Superset's key: unless it is told otherwise, it throws them
  /// away.
  private static func accepted(_ form: JSONObject) -> JSONObject {
    form.filter { !["js_tooltip", "js_onclick_href", "js_data_mutator"].contains($0.key) }
  }

  static func body(
    _ queries: [JSONObject], of form: JSONObject, for frontend: Frontend
  ) -> JSONValue {
    let queries = frontend.isFork ? ForkQueries.finished(queries, of: form) : queries
    var form = form
    form["force"] = false
    form["result_format"] = "json"
    form["result_type"] = "full"
    let parts = (form["datasource"]?.stringValue ?? "").split(separator: "_")
    return [
      "datasource": [
        "id": parts.first.flatMap { Int($0) }.map { .integer($0) } ?? .null,
        "type": parts.last == "query" ? "query" : "table",
      ],
      "force": false, "queries": .array(queries.map { .object($0) }), "form_data": .object(form),
      "result_format": "json", "result_type": "full",
    ]
  }
}
