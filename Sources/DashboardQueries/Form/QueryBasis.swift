// SPDX-License-Identifier: MIT
import JSONValues

/// What all types of chart ask for in the same way: the query that each begins with.
struct QueryBasis {
  /// Of a dashboard's filters these replace what the chart says itself: theirs, and the query's
  /// name for it.
  private static let overrides = [
    ("granularity", "granularity"), ("granularity_sqla", "granularity"),
    ("time_column", "time_column"), ("time_grain", "time_grain"), ("time_range", "time_range"),
  ]
  private static let extraOverrides = ["relative_start", "relative_end", "time_grain_sqla"]
  /// These are not searched for columns, metrics and an order.
  private static let settled: Set = [
    "annotation_layers", "extra_form_data", "time_range", "since", "until", "row_limit",
    "row_offset", "order_desc", "limit", "timeseries_limit_metric", "granularity", "url_params",
    "custom_params", "series_columns", "series_limit", "series_limit_metric",
  ]

  private let form: JSONObject
  private let frontend: Frontend

  init(_ form: JSONObject, for frontend: Frontend) {
    self.form = form
    self.frontend = frontend
  }

  func query(aliases: [String: String] = [:]) throws(FormFault) -> JSONObject {
    let added = form["extra_form_data"]?.objectValue ?? [:]
    let fields = try QueryFields(
      of: form.filter { !Self.settled.contains($0.key) }, aliases: aliases)
    let filters = try FormFilters(of: form, and: added)
    var query: JSONObject = [:]
    for name in ["time_range", "since", "until"] where form[name].isTrue {
      query[name] = form[name]
    }
    if let range = filters.timeRange { query["time_range"] = range }
    if frontend.isFork { query["time_range_end_type"] = form["time_range_end_type"] }
    query["granularity"] = filters.granularity
    query["filters"] = .array(filters.filters)
    query["extras"] = .object(filters.extras)
    query["applied_time_extras"] = .object(filters.appliedTimes)
    query["columns"] = .array(fields.columns)
    query["metrics"] = fields.metrics.map { .array($0) }
    query["orderby"] = fields.orderBy.map { .array($0) }
    setLimits(of: &query)
    override(&query, with: added)
    query["custom_form_data"] = added["custom_form_data"] ?? [:]
    return query
  }

  private func setLimits(of query: inout JSONObject) {
    query["annotation_layers"] = form["annotation_layers"] ?? []
    for name in ["row_limit", "row_offset"] where form[name].isDefined {
      query[name] = form[name].number
    }
    query["series_columns"] = form["series_columns"]
    if form["series_limit"].isDefined {
      query["series_limit"] = form["series_limit"]
    } else {
      query["series_limit"] = form["limit"].isDefined ? form["limit"].number ?? .null : 0
    }
    let ownMetric = form["series_limit_metric"]
    if QueryName.isMetric(ownMetric) {
      query["series_limit_metric"] = ownMetric
    } else if form["timeseries_limit_metric"].isDefined {
      query["series_limit_metric"] = form["timeseries_limit_metric"]
    }
    query["order_desc"] = form["order_desc"] ?? true
    let parameters = form["url_params"] ?? [:]
    query["url_params"] = Optional(parameters).isTrue ? parameters : nil
    query["custom_params"] = form["custom_params"] ?? [:]
  }

  private func override(_ query: inout JSONObject, with added: JSONObject) {
    for (theirs, name) in Self.overrides {
      if let value = added[theirs] { query[name] = value }
    }
    if frontend.isFork, let type = added["time_range_end_type"] {
      query["time_range_end_type"] = type
    }
    guard var extras = query["extras"]?.objectValue else { return }
    for name in Self.extraOverrides {
      if let value = added[name] { extras[name] = value }
    }
    query["extras"] = .object(extras)
  }
}
