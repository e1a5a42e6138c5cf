// SPDX-License-Identifier: MIT
import JSONValues

/// The conditions of a form: its own filters, and those that a dashboard adds.
struct FormFilters {
  private(set) var filters: [JSONValue] = []
  private(set) var timeRange: JSONValue?
  private(set) var granularity: JSONValue?
  private var timeGrain: JSONValue?
  private var clauses: [(kind: String, sql: String)] = []

  init(_ form: JSONValue) throws(ChartQueryError) {
    timeRange = form["time_range"].flatMap { $0.saysAnything ? $0 : nil }
    granularity = form["granularity_sqla"].flatMap { $0.saysAnything ? $0 : nil }
    timeGrain = form["time_grain_sqla"].flatMap { $0.saysAnything ? $0 : nil }
    filters = form["filters"]?.arrayValue ?? []
    try add(form["adhoc_filters"])
    for filter in form["extra_filters"]?.arrayValue ?? [] { addExtra(filter) }
    let dashboard = form["extra_form_data"]
    filters += dashboard?["filters"]?.arrayValue ?? []
    try add(dashboard?["adhoc_filters"])
    timeRange = dashboard?["time_range"] ?? timeRange
    granularity = dashboard?["granularity_sqla"] ?? granularity
    timeGrain = dashboard?["time_grain_sqla"] ?? timeGrain
  }

  var extras: JSONObject {
    var extras: JSONObject = ["having": joined("HAVING"), "where": joined("WHERE")]
    if let timeGrain { extras["time_grain_sqla"] = timeGrain }
    return extras
  }

  private mutating func add(_ conditions: JSONValue?) throws(ChartQueryError) {
    for condition in conditions?.arrayValue ?? [] {
      let kind = condition["clause"]?.stringValue?.uppercased() ?? "WHERE"
      switch condition["expressionType"]?.stringValue {
      case "SIMPLE" where kind == "WHERE": filters.append(Self.filter(condition))
      // Superset's browser part drops it too.
      case "SIMPLE": continue
      case "SQL": clauses.append((kind, condition["sqlExpression"]?.stringValue ?? ""))
      default:
        throw .incorrect(FieldFault("adhoc_filters", "Not a valid filter."))
      }
    }
  }

  private static func filter(_ condition: JSONValue) -> JSONValue {
    var filter: JSONObject = [
      "col": condition["subject"] ?? nil, "op": condition["operator"] ?? nil,
    ]
    if let value = condition["comparator"] { filter["val"] = value }
    return .object(filter)
  }

  /// Filters of the dashboards of old, some of which are settings of time under a filter's name.
  private mutating func addExtra(_ filter: JSONValue) {
    switch filter["col"]?.stringValue {
    case "__time_range": timeRange = filter["val"]
    case "__time_col", "__granularity": granularity = filter["val"]
    case "__time_grain": timeGrain = filter["val"]
    default: filters.append(filter)
    }
  }

  private func joined(_ kind: String) -> JSONValue {
    let texts = clauses.filter { $0.kind == kind && !$0.sql.isEmpty }.map {
      // A comment at the end must not swallow the parenthesis.
      $0.sql.contains("--") ? "(\($0.sql)\n)" : "(\($0.sql))"
    }
    return .string(texts.joined(separator: " AND "))
  }
}
