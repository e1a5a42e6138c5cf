// SPDX-License-Identifier: MIT
import JSONValues

/// The answer to one query of a context, before it is written.
enum QueryResult {
  case rows(QueryObject, QueryRows)
  case members(JSONObject)
}

/// The rows of one query: still in the database, or a table where they had to be worked up.
struct QueryRows {
  enum Source {
    case database
    /// There are none: the statement has been run.
    case nothing
    case table(DataTable, rowCount: Int)
    /// As the chart shows them; the labels are those of the rows that came.
    case processed(ProcessedTable, labels: [String], rowCount: Int)
  }

  /// The query's own, the first of those that were run for it.
  let statement: SelectStatement
  /// Of all statements, as Superset shows them.
  let texts: [String]
  let source: Source

  /// The rows alone, one after the other.
  var plain: QueryRows {
    guard case .processed(let processed, _, let count) = source else { return self }
    return QueryRows(
      statement: statement, texts: texts, source: .table(processed.rows, rowCount: count))
  }
}

/// What is known of rows once they are written.
struct WrittenRows {
  let names: [String]
  /// The same before commas were unmarked.
  let labels: [String]
  let types: [GenericType]
  let rowCount: Int
  /// Rows that the database gave.
  let sqlRowCount: Int
  /// What the rows are called; nil where they are only numbered.
  let rowNames: JSONValue?
  /// What columns are called that have other names in the end.
  var columnNames: JSONValue?
}
