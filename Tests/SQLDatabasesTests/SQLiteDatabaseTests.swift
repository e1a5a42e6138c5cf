// SPDX-License-Identifier: MIT
import Foundation
import SpoolTesting
import Testing

@testable import SQLDatabases

struct SQLiteDatabaseTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = "\(directory.path)/data.db"
    let builder = try SQLiteBuilder(creating: path)
    try builder.run("CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2.5, NULL)")
    try builder.finish()
  }

  @Test func `cells keep their kinds`() throws {
    let database = try SQLiteDatabase(readingFrom: path)
    let statement = SQLStatement("SELECT a, b, x'00ff', ?, ? FROM t", .text("é"), .integer(-7))
    let rows = try database.rows(statement) { row in (0..<row.count).map { row[$0] } }
    #expect(
      rows == [
        [.integer(1), .text("x"), .blob([0, 255]), .text("é"), .integer(-7)],
        [.real(2.5), .null, .blob([0, 255]), .text("é"), .integer(-7)],
      ])
  }

  @Test(arguments: [
    "INSERT INTO t VALUES (3, 3)", "DELETE FROM t", "DROP TABLE t", "CREATE TABLE u (a)",
    "ATTACH 'other.db' AS other", "PRAGMA query_only = 0", "SELECT load_extension('x')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT LOAD_EXTENSION('x')", "SELECT 1; SELECT 2", "VACUUM", "BEGIN",
    "SELECT a FROM t\0 WHERE b = 1",
  ])
  func `nothing but reading is possible`(_ text: String) throws {
    let database = try SQLiteDatabase(readingFrom: path)
    #expect(throws: SQLError.self) { try database.rows(SQLStatement(text)) { _ in 0 } }
    #expect(
      try database.rows(SQLStatement("SELECT a FROM t")) { $0[0] } == [.integer(1), .real(2.5)])
  }

  @Test func `a cell is not as large as SQLite could make it`() throws {
    let database = try SQLiteDatabase(readingFrom: path)
    for size in [SQLiteDatabase.longestCell + 1, 1_000_000_000] {
      #expect(throws: SQLError.statement(reason: "string or blob too big")) {
        try database.rows(SQLStatement("SELECT zeroblob(\(size))")) { _ in 0 }
      }
    }
  }

  @Test func `a missing file is told from a damaged one`() throws {
    #expect(throws: SQLError.missing(path: "\(directory.path)/none.db")) {
      try SQLiteDatabase(readingFrom: "\(directory.path)/none.db")
    }
    let damaged = "\(directory.path)/damaged.db"
    try String(repeating: "not a database\n", count: 100).write(
      toFile: damaged, atomically: true, encoding: .utf8)
    let database = try SQLiteDatabase(readingFrom: damaged)
    #expect {
      try database.rows(SQLStatement("SELECT * FROM t")) { _ in 0 }
    } throws: { error in
      if case .malformed(path: damaged, reason: _)? = error as? SQLError { true } else { false }
    }
  }

  @Test func `a database that somebody holds locked is told as locked`() throws {
    let holder = try SQLiteBuilder(creating: path)
    try holder.run("COMMIT; BEGIN EXCLUSIVE")
    let database = try SQLiteDatabase(readingFrom: path, busyMilliseconds: 20)
    #expect(throws: SQLError.locked(path: path)) {
      try database.rows(SQLStatement("SELECT * FROM t")) { _ in 0 }
    }
  }

  @Test func `a statement without end stops when it is cancelled`() throws {
    var checks = 0
    let database = try SQLiteDatabase(readingFrom: path) {
      checks += 1
      return checks > 3
    }
    let endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    #expect(throws: SQLError.interrupted) { try database.rows(SQLStatement(endless)) { _ in 0 } }
    #expect(checks > 3)
  }

  @Test func `an unknown column is an error of the statement, in SQLite's words`() throws {
    let database = try SQLiteDatabase(readingFrom: path)
    #expect(throws: SQLError.statement(reason: "no such column: c")) {
      try database.rows(SQLStatement("SELECT c FROM t")) { _ in 0 }
    }
  }
}
