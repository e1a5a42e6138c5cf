// SPDX-License-Identifier: MIT
import JSONValues

/// What columns and metrics are called in a query, and which values of a form are one at all.
enum QueryName {
  /// Nil where a column has no name, which a script can see.
  static func ofColumn(_ column: JSONValue?) -> JSONValue? {
    if case .string = column { return column }
    if let label = column?["label"], Optional(label).isTrue { return label }
    return column?["sqlExpression"]
  }

  static func ofMetric(_ metric: JSONValue?) -> JSONValue? {
    if case .string = metric { return metric }
    if let label = metric?["label"], Optional(label).isTrue { return label }
    guard metric?["expressionType"] == "SIMPLE" else { return metric?["sqlExpression"] }
    let column = metric?["column"]
    let name = column?["columnName"]?.stringValue ?? column?["column_name"]?.stringValue
    return .string("\(metric?["aggregate"]?.stringValue ?? "undefined")(\(name ?? "undefined"))")
  }

  static func isColumn(_ value: JSONValue?) -> Bool {
    if case .string = value { return true }
    return isExpression(value)
  }

  /// A column that SQL computes.
  static func isExpression(_ value: JSONValue?) -> Bool {
    guard value?.objectValue != nil, value?["sqlExpression"] != nil, value?["label"] != nil else {
      return false
    }
    return value?["expressionType"] == nil || value?["expressionType"] == "SQL"
  }

  static func isMetric(_ value: JSONValue?) -> Bool {
    if case .string = value { return true }
    return ["SIMPLE", "SQL"].contains(value?["expressionType"])
  }

  /// Each of what bears the same name only once, the first.
  static func unique(
    _ values: [JSONValue], by name: (JSONValue?) -> JSONValue?
  ) -> [JSONValue] {
    var seen: Set<JSONValue?> = []
    return values.filter { seen.insert(name($0)).inserted }
  }
}

extension JSONObject {
  /// Whether the form tells what its horizontal axis shows.
  var hasAxis: Bool { QueryName.isColumn(self["x_axis"]) }

  /// The column of the horizontal axis; the time, where only that is told.
  var axis: JSONValue? {
    guard self["granularity_sqla"].isTrue || self["x_axis"].isTrue else { return nil }
    return hasAxis ? self["x_axis"] : "__timestamp"
  }

  var axisName: JSONValue? {
    let name = QueryName.ofColumn(axis)
    return name.isTrue ? name : nil
  }
}
