// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// A number that a query computes for each group.
package enum ChartMetric: Hashable, Sendable {
  /// A metric of the dataset, by its name.
  case saved(String)
  case simple(column: String, aggregate: String, label: String)
  case custom(sql: String, label: String)

  init(_ value: JSONValue) throws(ChartQueryError) {
    if let name = value.stringValue {
      self = .saved(name)
    } else if value["expressionType"] == "SIMPLE",
      let column = value["column"]?["column_name"]?.stringValue,
      let aggregate = value["aggregate"]?.stringValue
    {
      let label = Self.label(of: value) ?? "\(aggregate)(\(column))"
      self = .simple(column: column, aggregate: aggregate, label: label)
    } else if value["expressionType"] == "SQL", let sql = value["sqlExpression"]?.stringValue {
      self = .custom(sql: sql, label: Self.label(of: value) ?? sql)
    } else if let label = Self.label(of: value) {
      self = .saved(label)
    } else {
      throw value.objectValue == nil
        ? .breaksOff(reason: "a metric is neither a name nor an object: \(value.text)")
        : .incorrect(.keyError)
    }
  }

  /// A metric to order by: what is neither a name nor defined by the chart is no metric at all.
  static func ordering(_ value: JSONValue) throws(ChartQueryError) -> ChartMetric {
    if isCustom(value) || value.stringValue != nil { return try ChartMetric(value) }
    return .saved(PythonText.printed(value))
  }

  /// Whether a chart defines it itself, from a column and an aggregate or in SQL.
  static func isCustom(_ value: JSONValue) -> Bool {
    switch value["expressionType"] {
    case "SIMPLE":
      value["column"]?.saysAnything == true && value["aggregate"]?.saysAnything == true
    case "SQL": value["sqlExpression"]?.saysAnything == true
    default: false
    }
  }

  var label: String {
    switch self {
    case .saved(let name): name
    case .simple(_, _, let label), .custom(_, let label): label
    }
  }

  private static func label(of value: JSONValue) -> String? {
    value["label"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
  }
}
