// SPDX-License-Identifier: MIT
import JSONValues

/// One condition on the rows: column, operator, value.
package struct QueryFilter: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable {
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case less = "<"
    case atLeast = ">="
    case atMost = "<="
    case like = "LIKE"
    case notLike = "NOT LIKE"
    case likeIgnoringCase = "ILIKE"
    case isNull = "IS NULL"
    case isNotNull = "IS NOT NULL"
    case isIn = "IN"
    case isNotIn = "NOT IN"
    case isTrue = "IS TRUE"
    case isFalse = "IS FALSE"
    case temporalRange = "TEMPORAL_RANGE"
  }

  let column: ChartColumn
  let condition: Operator
  private(set) var value: JSONValue
  /// Compares steps of time instead of moments.
  let grain: String?

  /// Nil for a filter without column: Superset skips it.
  init?(_ value: JSONValue) throws(ChartQueryError) {
    guard let column = value["col"], !column.isNull, column != "" else { return nil }
    let name = value["op"]?.stringValue?.uppercased() ?? ""
    guard let condition = Operator(rawValue: name) else { throw .invalidOperator(name) }
    self.column = try ChartColumn(column)
    self.condition = condition
    self.value = value["val"] ?? .null
    grain = value["grain"]?.stringValue
  }

  func with(value: JSONValue) -> QueryFilter {
    var filter = self
    filter.value = value
    return filter
  }
}
