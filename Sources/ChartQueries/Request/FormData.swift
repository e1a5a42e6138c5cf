// SPDX-License-Identifier: MIT
import JSONValues

/// A chart's form, from which the browser makes the query context; we do what the browser does.
struct FormData {
  /// Charts whose browser part asks one plain query; the others shape it in ways of their own.
  private static let plainCharts: Set<String> = ["table", "pie", "big_number_total"]

  private let form: JSONValue

  init(_ form: JSONValue) { self.form = form }

  func queryContext() throws(ChartQueryError) -> JSONValue {
    let chart = form["viz_type"]?.stringValue ?? "table"
    guard Self.plainCharts.contains(chart) else {
      throw .unsupported("the form of a chart of type '\(chart)' without its query context")
    }
    for name in ["percent_metrics", "time_compare", "url_params", "server_pagination"] {
      guard form[name]?.saysAnything != true else { throw .unsupported("\(name) of a form") }
    }
    return [
      "datasource": try datasource(), "force": form["force"] ?? false,
      "queries": [.object(try query(chart))], "result_format": "json", "result_type": "full",
    ]
  }

  /// `"1__table"`
  private func datasource() throws(ChartQueryError) -> JSONValue {
    let name = form["datasource"]?.stringValue ?? ""
    guard let middle = name.firstRange(of: "__"), let id = Int(name[..<middle.lowerBound]) else {
      let reason =
        form["datasource"] == nil
        ? "Missing data for required field." : "Not a valid datasource: '\(name)'"
      throw .incorrect(FieldFault("datasource", reason))
    }
    return ["id": .integer(id), "type": .string(String(name[middle.upperBound...]))]
  }

  private func query(_ chart: String) throws(ChartQueryError) -> JSONObject {
    let isRaw = form["query_mode"] == "raw"
    let conditions = try FormFilters(form)
    var query: JSONObject = [
      "filters": .array(conditions.filters), "extras": .object(conditions.extras),
      "columns": .array(unique(isRaw ? ["all_columns"] : ["series", "groupby", "columns"])),
      "orderby": order(chart, isRaw), "annotation_layers": form["annotation_layers"] ?? [],
      "series_limit": form["series_limit"] ?? form["limit"] ?? 0,
      "order_desc": form["order_desc"] ?? true,
    ]
    if !isRaw { query["metrics"] = .array(metrics) }
    if let range = conditions.timeRange { query["time_range"] = range }
    if let column = conditions.granularity { query["granularity"] = column }
    for name in ["row_limit", "row_offset"] {
      if let number = Self.number(form[name]) { query[name] = number }
    }
    return query
  }

  private var metrics: [JSONValue] {
    unique(["metrics", "metric", "metric_2", "secondary_metric", "x", "y", "size"])
  }

  /// The members' values one after the other, each only once.
  private func unique(_ names: [String]) -> [JSONValue] {
    let values = names.flatMap { name in
      form[name].map { $0.arrayValue ?? [$0] } ?? []
    }
    var seen: Set<JSONValue> = []
    return values.filter { $0.saysAnything && seen.insert($0["label"] ?? $0).inserted }
  }

  /// What the form orders by, else by the first metric, the largest first.
  private func order(_ chart: String, _ isRaw: Bool) -> JSONValue {
    if isRaw {
      // Each is itself JSON in a text: "[\"ds\", true]".
      let columns = form["order_by_cols"]?.arrayValue ?? []
      return .array(
        columns.map { column in
          column.stringValue.flatMap { try? JSONValue(parsing: $0) } ?? column
        })
    }
    let chosen = form["timeseries_limit_metric"].flatMap { $0.arrayValue?.first ?? $0 }
    if let chosen, chosen.saysAnything {
      return [[chosen, .bool(!(form["order_desc"]?.boolValue ?? true))]]
    }
    let isSorted = chart == "table" || form["sort_by_metric"]?.boolValue == true
    guard isSorted, let first = metrics.first else { return [] }
    return [[first, false]]
  }

  /// Forms hold numbers as texts too; what is no number is left out.
  private static func number(_ value: JSONValue?) -> JSONValue? {
    (value?.integerValue ?? value?.stringValue.flatMap { Int($0) }).map { .integer($0) }
  }
}
