// SPDX-License-Identifier: MIT
import JSONValues

/// What the form of a pivot table asks.
struct PivotForm {
  let rows: [String]
  let columns: [String]
  let metrics: [String]
  /// The name of the function, which need not be known.
  let function: String
  let isTransposed: Bool
  /// Metrics beside each other in each group, and not groups within each metric.
  let combinesMetrics: Bool
  let hasRowTotals: Bool
  let hasColumnTotals: Bool
  let hasMetricsOnRows: Bool

  init(_ form: JSONValue, titles: [String: String]) throws(ChartQueryError) {
    rows = try Self.names(form["groupbyRows"]) { value throws(ChartQueryError) in
      try Self.column(value, titles)
    }
    columns = try Self.names(form["groupbyColumns"]) { value throws(ChartQueryError) in
      try Self.column(value, titles)
    }
    guard let metrics = form["metrics"] else { throw .breaksOff(reason: "'metrics'") }
    self.metrics = try Self.names(metrics) { value throws(ChartQueryError) in
      try Self.metric(value, titles)
    }
    let function = form["aggregateFunction"] ?? "Sum"
    guard let name = function.stringValue else { throw .breaksOff(reason: "None") }
    self.function = name
    isTransposed = form["transposePivot"]?.saysAnything == true
    combinesMetrics = form["combineMetric"]?.saysAnything == true
    hasRowTotals = form["rowTotals"]?.saysAnything == true
    hasColumnTotals = form["colTotals"]?.saysAnything == true
    hasMetricsOnRows = form["metricsLayout"] == "ROWS"
  }

  private static func names(
    _ list: JSONValue?, _ name: (JSONValue) throws(ChartQueryError) -> String
  ) throws(ChartQueryError) -> [String] {
    var names: [String] = []
    // A text is a list of its characters in Python; it then names no column.
    let elements = list?.arrayValue ?? list?.stringValue?.map { .string(String($0)) } ?? []
    for element in elements { names.append(try name(element)) }
    return names.filter { !$0.isEmpty }
  }

  private static func column(
    _ value: JSONValue, _ titles: [String: String]
  ) throws(ChartQueryError) -> String {
    if let name = value.stringValue { return titles[name] ?? name }
    guard let label = value["label"]?.filledText ?? value["sqlExpression"]?.filledText else {
      throw .breaksOff(reason: "Missing label")
    }
    return label
  }

  private static func metric(
    _ value: JSONValue, _ titles: [String: String]
  ) throws(ChartQueryError) -> String {
    if let name = value.stringValue { return titles[name] ?? name }
    if value["expressionType"] != nil, let label = try? ChartMetric(value).label { return label }
    throw .breaksOff(reason: "Invalid metric object: \(value.text)")
  }
}
