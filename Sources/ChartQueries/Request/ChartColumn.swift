// SPDX-License-Identifier: MIT
import JSONValues

/// What a query groups by or lists: a column of the dataset, or SQL of the chart's own.
package enum ChartColumn: Hashable, Sendable {
  case named(String)
  case custom(CustomColumn)

  init(_ value: JSONValue) throws(ChartQueryError) {
    if let name = value.stringValue {
      self = .named(name)
    } else if let sql = value["sqlExpression"]?.stringValue {
      self = .custom(CustomColumn(sql, value))
    } else {
      throw .breaksOff(reason: "Missing label")
    }
  }

  var label: String {
    switch self {
    case .named(let name): name
    case .custom(let column): column.label
    }
  }
}

/// A column that a chart defines in SQL; on the x-axis it may be cut into steps of time.
package struct CustomColumn: Hashable, Sendable {
  let sql: String
  let label: String
  /// ISO 8601 duration of a step; nil where this is not the x-axis.
  let axisGrain: String?
  let isAxis: Bool

  fileprivate init(_ sql: String, _ value: JSONValue) {
    self.sql = sql
    label = value["label"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } ?? sql
    isAxis = value["columnType"] == "BASE_AXIS"
    axisGrain = isAxis ? value["timeGrain"]?.stringValue : nil
  }
}
