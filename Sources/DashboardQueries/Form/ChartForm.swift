// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// The form of a saved chart as Superset hands it to a page, and as the page completes it.
enum ChartForm {
  /// A form that is not JSON is to Superset one that says nothing.
  static func saved(_ chart: Chart) -> JSONObject {
    let parsed = chart.form.flatMap { try? JSONValue(parsing: $0) }
    var form = parsed?.asBrowserReads.objectValue ?? [:]
    form["slice_id"] = .integer(chart.id)
    form["viz_type"] = .string(chart.vizType)
    form["datasource"] = .string(chart.datasource)
    if let timeout = chart.cacheTimeout, timeout != 0 { form["cache_timeout"] = .integer(timeout) }
    setTimeRange(of: &form)
    return form
  }

  /// Times of older forms in the member of newer ones.
  private static func setTimeRange(of form: inout JSONObject) {
    if form["since"] != nil || form["until"] != nil {
      let since = form.removeValue(forKey: "since")?.stringValue ?? ""
      let until = form.removeValue(forKey: "until")?.stringValue ?? ""
      form["time_range"] = .string("\(since) : \(until)")
    }
    guard let column = form["granularity_sqla"], Optional(column).isTrue else { return }
    let isOpen = form["adhoc_filters"].list.contains {
      $0["subject"] == column && $0["comparator"] == "No filter"
    }
    if isOpen, form["time_range"] == nil { form["time_range"] = "No filter" }
  }

  /// With what the controls of its type say where the form says nothing; the controls' members come
  /// first.
  static func completed(_ form: JSONObject) -> JSONObject {
    var form = form
    form["url_params"] = form["url_params"]?.objectValue.map { .object($0) } ?? [:]
    let panel = form["viz_type"]?.stringValue.flatMap { ControlPanel(ofType: $0) }
    var completed: JSONObject = [:]
    for name in panel?.names ?? [] { completed[name] = form[name] ?? panel?.defaults[name] }
    // Superset hands out the members of a form in the order of their names.
    for (name, value) in form.sorted(by: { $0.key < $1.key }) where completed[name] == nil {
      completed[name] = value
    }
    for (name, value) in panel?.defaults ?? [:] where completed[name] == nil {
      completed[name] = value
    }
    return completed
  }
}
