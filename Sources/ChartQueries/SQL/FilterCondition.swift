// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// What a filter compares: an expression, and the dataset's column behind it, if any.
struct FilterTarget {
  let sql: String
  let column: DatasetColumn?
  let dialect: any SQLText
  /// Whether the end of a range of times is part of it, as DODO's fork can ask.
  let includesEnd: Bool

  /// - Parameter sql: in parentheses where it would take in what stands beside the filter.
  init(sql: String, column: DatasetColumn?, dialect: any SQLText, includesEnd: Bool = false) {
    self.sql = SQLFragment(sql, in: dialect.name).isLoose ? "(\(sql))" : sql
    self.column = column
    self.dialect = dialect
    self.includesEnd = includesEnd
  }

  /// Types are known of columns only; everything else is compared as text.
  var type: GenericType { GenericType(nativeType: column?.type) ?? .string }

  func within(_ range: TimeRange) throws(ChartQueryError) -> [SQLCondition] {
    var conditions: [SQLCondition] = []
    for (comparison, time) in [(">=", range.from), (includesEnd ? "<=" : "<", range.to)] {
      guard let time else { continue }
      let literal = try dialect.time(time, for: column)
      conditions.append(SQLCondition(sql: "\(sql) \(comparison) \(literal)"))
    }
    return conditions
  }
}

/// A filter as SQL, its value read as the column's type requires.
struct FilterCondition {
  private let filter: QueryFilter
  private let target: FilterTarget
  private let times: TimeReader

  init(_ filter: QueryFilter, _ target: FilterTarget, _ times: TimeReader) {
    self.filter = filter
    self.target = target
    self.times = times
  }

  func conditions() throws(ChartQueryError) -> [SQLCondition] {
    let sql = target.sql
    switch filter.condition {
    case .isNull: return [SQLCondition(sql: "\(sql) IS NULL")]
    case .isNotNull: return [SQLCondition(sql: "\(sql) IS NOT NULL")]
    case .isTrue: return [SQLCondition(sql: "\(sql) IS \(target.dialect.truth(true))")]
    case .isFalse: return [SQLCondition(sql: "\(sql) IS \(target.dialect.truth(false))")]
    case .isIn, .isNotIn: return [try membership()]
    case .temporalRange:
      guard let text = filter.value.stringValue, target.column != nil else {
        throw .invalidOperator(filter.condition.rawValue)
      }
      return try target.within(try times.range(text))
    case .equal, .notEqual, .greater, .less, .atLeast, .atMost: return [try comparison()]
    case .like, .notLike, .likeIgnoringCase: return [try pattern()]
    }
  }

  /// A list with a null in it also asks for NULL, which SQL's IN cannot find.
  private func membership() throws(ChartQueryError) -> SQLCondition {
    let values = try (filter.value.arrayValue ?? [filter.value]).map(value)
    guard !values.isEmpty else { throw .emptyFilterList }
    let filled = values.filter { $0 != .null }
    let isNegated = filter.condition == .isNotIn
    let list =
      try filled.isEmpty
      ? target.dialect.emptySet
      : FilterValueList(filled, in: target.dialect).sql()
    if filled.count == values.count {
      return SQLCondition(
        sql: isNegated ? "(\(target.sql) NOT IN \(list))" : "\(target.sql) IN \(list)")
    }
    let either = "\(target.sql) IS NULL OR \(target.sql) IN \(list)"
    return isNegated
      ? SQLCondition(sql: "NOT (\(either))") : SQLCondition(sql: either, isAlternative: true)
  }

  private func comparison() throws(ChartQueryError) -> SQLCondition {
    let value = try single()
    switch (filter.condition, value) {
    case (.equal, .null): return SQLCondition(sql: "\(target.sql) IS NULL")
    case (.notEqual, .null): return SQLCondition(sql: "\(target.sql) IS NOT NULL")
    case (_, .null): throw .noComparisonValue
    case (.greater, .flag), (.less, .flag), (.atLeast, .flag), (.atMost, .flag):
      throw Self.onlyEqual
    default:
      let sign = filter.condition == .equal ? "=" : filter.condition.rawValue
      return SQLCondition(sql: "\(target.sql) \(sign) \(try value.sql(in: target.dialect))")
    }
  }

  private static let onlyEqual = ChartQueryError.breaksOff(
    reason: "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()',"
      + " 'is_not_distinct_from()' operators can be used with None/True/False")

  private func pattern() throws(ChartQueryError) -> SQLCondition {
    let value = try single()
    guard value != .null else { throw .noComparisonValue }
    if case .flag = value { throw Self.onlyEqual }
    let literal = try value.sql(in: target.dialect)
    let sql = target.type == .string ? target.sql : "CAST(\(target.sql) AS VARCHAR)"
    return switch filter.condition {
    case .likeIgnoringCase: SQLCondition(sql: target.dialect.likeIgnoringCase(sql, literal))
    case .notLike: SQLCondition(sql: "\(sql) NOT LIKE \(literal)")
    default: SQLCondition(sql: "\(sql) LIKE \(literal)")
    }
  }

  /// Of a list where one value is wanted, the first counts.
  private func single() throws(ChartQueryError) -> FilterValue {
    guard let values = filter.value.arrayValue else { return try value(filter.value) }
    return try value(values.first ?? .null)
  }

  private func value(_ value: JSONValue) throws(ChartQueryError) -> FilterValue {
    let isPattern = filter.condition == .like || filter.condition == .likeIgnoringCase
    return try FilterValue(value, for: target, asPattern: isPattern)
  }
}
