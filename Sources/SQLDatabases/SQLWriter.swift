// SPDX-License-Identifier: MIT

/// A database in which rows are changed, and nothing else.
package protocol SQLWriter: SQLConnection {
  var dialect: SQLDialect { get }

  /// Carries out INSERT, UPDATE and DELETE, in one transaction: all of them or, with an error, none.
  ///
  /// What it returns for is on disk. An `interrupted` or `unavailable` may come after the database has taken it all: who
  /// tries again must bear that.
  ///
  /// - Parameter evenIfCancelled: for a last word of who was asked to end.
  /// - Important: not while a row of the same database is visited.
  /// - Returns: how many rows each has inserted, updated or deleted, without those of triggers and foreign keys.
  func write(
    _ statements: [SQLStatement], evenIfCancelled: Bool
  ) throws(SQLError) -> [Int]
}

extension SQLWriter {
  package func write(_ statements: [SQLStatement]) throws(SQLError) -> [Int] {
    try write(statements, evenIfCancelled: false)
  }
}
