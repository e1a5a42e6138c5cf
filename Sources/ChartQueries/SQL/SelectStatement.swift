// SPDX-License-Identifier: MIT
import JSONValues

/// A query as SQL, and what has to be known to read its rows and to report on it.
package struct SelectStatement: Hashable, Sendable {
  /// As it is sent, without the semicolon that Superset shows behind it.
  package let text: String
  /// Names of the result's columns, in their order.
  let labels: [String]
  let timeColumns: TimeColumns
  let appliedFilters: [String]
  let rejectedFilters: [String]
  /// Columns whose filters templates have looked at.
  let templateFilters: [String]

  /// How answers tell of a filter on a column that the dataset does not have.
  static func rejection(of column: String) -> JSONValue {
    ["reason": "not_in_datasource", "column": .string(column)]
  }
}

/// One item of a SELECT list.
struct SelectItem: Hashable, Sendable {
  let sql: String
  let label: String

  func text(in dialect: any SQLText) -> String { "\(sql) AS \(dialect.alias(label))" }
}
