// SPDX-License-Identifier: MIT
import SQLDatabases

/// A table that grows for ever, and the column that tells the age of its rows.
package struct PrunedTable: Hashable, Sendable {
  package let name: String
  let time: String
  /// The column that says whose a row is, where each owner keeps rows for a time of his own.
  var owner: String?

  /// What people have done in Superset.
  package static let logs = PrunedTable(name: "logs", time: "dttm")
  /// Statements of SQL Lab.
  package static let queries = PrunedTable(name: "query", time: "changed_on")
  /// What alerts and reports have come to.
  package static let reports = PrunedTable(
    name: "report_execution_log", time: "end_dttm", owner: "report_schedule_id")
}

/// Which rows of a table go.
package struct PrunedRows: Hashable, Sendable {
  let table: PrunedTable
  /// The first moment of which rows stay.
  package let end: String
  /// Whose rows; nil for everybody's.
  package var owner: Int?
  /// A row that stays whatever its age.
  var spared: Int?
  /// Rows that go at most, those with the lowest ids.
  var limit: Int?

  package init(of table: PrunedTable, before end: String, limit: Int? = nil) {
    self.table = table
    self.end = end
    self.limit = limit
  }

  /// Looks for them.
  ///
  /// - Throws: `interrupted` when somebody calls it off.
  package func found(in database: any SQLDatabase) throws(SQLError) -> PruneFinding {
    try PruneScan.finding(self, in: database)
  }

  /// What holds for each of them but their age, and how it begins a condition.
  var scope: (text: String, parameters: [SQLValue]) {
    var (text, parameters) = ("", [SQLValue]())
    if let owner, let column = table.owner {
      text += "\(column) = ? AND "
      parameters.append(.integer(owner))
    }
    if let spared {
      text += "id <> ? AND "
      parameters.append(.integer(spared))
    }
    return (text, parameters)
  }

  /// Takes those that stand between two ids, if they are still old.
  func removal(_ ids: ClosedRange<Int>) -> SQLStatement {
    let (text, parameters) = scope
    return SQLStatement(
      "DELETE FROM \(table.name) WHERE \(text)id >= ? AND id <= ? AND \(table.time) < ?",
      parameters + [.integer(ids.lowerBound), .integer(ids.upperBound), .text(end)])
  }
}
