// SPDX-License-Identifier: MIT
import JSONValues

/// Columns, metrics and order of a query, gathered from the members of a form that are meant for
/// them.
struct QueryFields {
  private static let names = [
    "metric": "metrics", "metric_2": "metrics", "secondary_metric": "metrics", "x": "metrics",
    "y": "metrics", "size": "metrics", "all_columns": "columns", "series": "groupby",
    "order_by_cols": "orderby",
  ]

  private(set) var columns: [JSONValue] = []
  /// Nil where single records are shown.
  private(set) var metrics: [JSONValue]?
  private(set) var orderBy: [JSONValue]?

  /// - Parameter aliases: members that a type of chart has besides.
  init(of form: JSONObject, aliases: [String: String]) throws(FormFault) {
    let mode = form["query_mode"]
    var metrics: [JSONValue] = []
    var order: [JSONValue] = []
    for (name, value) in form.elements where !value.isNull {
      var field = aliases[name] ?? Self.names[name] ?? name
      // Members of the mode that is not chosen stay in a form, for when it is chosen again.
      if mode == "aggregate", field == "columns" { continue }
      if mode == "raw", field == "groupby" || field == "metrics" { continue }
      if field == "groupby" { field = "columns" }
      switch field {
      case "columns": columns += Optional(value).list
      case "metrics": metrics += Optional(value).list
      case "orderby": order += Optional(value).list
      default: break
      }
    }
    columns = QueryName.unique(columns.filter { $0 != "" }, by: QueryName.ofColumn)
    if mode != "raw" { self.metrics = QueryName.unique(metrics, by: QueryName.ofMetric) }
    if !order.isEmpty { orderBy = try order.map(Self.clause) }
  }

  /// `["name", true]`, also where it stands there as text.
  private static func clause(_ value: JSONValue) throws(FormFault) -> JSONValue {
    guard case .string(let text) = value else { return value }
    do { return try JSONValue(parsing: text).asBrowserReads } catch {
      throw .unusable("the order \(text) is not JSON")
    }
  }
}
