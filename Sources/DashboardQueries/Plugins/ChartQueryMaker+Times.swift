// SPDX-License-Identifier: MIT
import JSONValues

/// Charts over a horizontal axis, most often of time.
extension ChartQueryMaker {
  func timeseries() throws(FormFault) -> JSONObject {
    let base = try base()
    let steps = PostProcessing(of: form, base)
    let times = steps.isCompared ? form["time_compare"] : []
    var query = base
    query["metrics"] = .array(base["metrics"].list + PostProcessing.extraMetrics(of: form))
    query["columns"] = .array(axisColumns + form["groupby"].list)
    query["series_columns"] = form["groupby"]
    if !form.hasAxis { query["is_timeseries"] = true }
    query["orderby"] = Self.ordered(base)["orderby"]
    query["time_offsets"] = times
    query["post_processing"] = PostProcessing.steps(
      steps.pivot, steps.rollingWindow, steps.timeCompare, steps.resample, steps.rename,
      steps.contribution(times: times), steps.sort, steps.flatten, steps.forecast)
    return query
  }

  /// These each half of a mixed chart has for itself, also where it leaves them out.
  private static let halved: Set = [
    "metrics", "groupby", "adhoc_filters", "limit", "timeseries_limit_metric", "order_desc",
    "row_limit", "truncate_metric", "rolling_type", "rolling_periods", "min_periods",
    "time_compare", "comparison_type", "resample_rule", "resample_method",
  ]

  /// Two charts on one axis; what the second one says itself stands under names that end in `_b`.
  func mixedTimeseries() throws(FormFault) -> [JSONObject] {
    let suffix = "_b"
    let first = form.filter { !$0.key.hasSuffix(suffix) }
    var second: JSONObject = [:]
    for (name, value) in form where name.hasSuffix(suffix) {
      second[String(name.dropLast(suffix.count))] = value
    }
    for (name, value) in first where second[name] == nil && !Self.halved.contains(name) {
      second[name] = value
    }
    return [try mixed(first), try mixed(second)]
  }

  private func mixed(_ half: JSONObject) throws(FormFault) -> JSONObject {
    var query = try QueryBasis(half, for: frontend).query()
    query["columns"] = .array(axisColumns + half["groupby"].list)
    query["series_columns"] = half["groupby"]
    if !form.hasAxis { query["is_timeseries"] = true }
    let steps = PostProcessing(of: half, query)
    query["time_offsets"] = steps.isCompared ? half["time_compare"] : []
    query["post_processing"] = PostProcessing.steps(
      steps.pivot, steps.rollingWindow, steps.timeCompare, steps.resample, steps.rename,
      steps.flatten)
    return Self.ordered(query)
  }

  func trendLine() throws(FormFault) -> JSONObject {
    var query = try base()
    let steps = PostProcessing(of: form, query)
    query["columns"] = .array(axisColumns)
    if !form.hasAxis { query["is_timeseries"] = true }
    query["post_processing"] = PostProcessing.steps(
      steps.pivot, steps.rollingWindow, steps.resample, steps.flatten)
    return query
  }

  func waterfall() throws(FormFault) -> JSONObject {
    var query = try base()
    let axis = form["x_axis"].isTrue ? form["x_axis"] : form["granularity_sqla"]
    let columns = axis.list + form["groupby"].list
    query["columns"] = .array(columns)
    query["orderby"] = .array(columns.map { [$0, true] })
    return query
  }

  private var axisColumns: [JSONValue] { form.hasAxis ? form.axis.list : [] }

  /// The query with an order that can be used: its own, else by the metric of its limit, else by
  /// the first one.
  static func ordered(_ query: JSONObject) -> JSONObject {
    if let first = query["orderby"].list.first?.arrayValue, first.count == 2,
      !Optional(first[0]).isEmpty, first[1].boolValue != nil
    {
      return query
    }
    var ordered = query
    for name in ["series_limit_metric", "order_desc", "orderby"] { ordered[name] = nil }
    let limiting = query["series_limit_metric"]
    guard let metric = limiting.isEmpty ? query["metrics"].list.first : limiting else {
      return ordered
    }
    ordered["orderby"] = [[metric, .bool(!query["order_desc"].isTrue)]]
    return ordered
  }
}
