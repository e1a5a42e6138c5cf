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
  }

  /// The query's own, the first of those that were run for it.
  let statement: SelectStatement
  /// Of all statements, as Superset shows them.
  let texts: [String]
  let source: Source
}

/// What is known of rows once they are written.
struct WrittenRows {
  let names: [String]
  let types: [GenericType]
  let rowCount: Int
  /// Rows that the database gave.
  let sqlRowCount: Int
  /// What the rows are called; nil where they are only numbered.
  let rowNames: JSONValue?
}
