// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

@testable import SQLDatabases

/// What holds wherever rows are changed.
struct SQLWriterTests {
  private static let insertion = SQLStatement("INSERT INTO t (a) VALUES (?)", .integer(4))

  @Test(arguments: Backend.here)
  func `each statement tells how many rows it has changed`(_ backend: Backend) throws {
    let place = try WritablePlace(backend)
    let counts = try place.writer().write([
      SQLStatement(
        "INSERT INTO t (a, b) VALUES (?, ?), (?, '?')", .integer(4), .text("é"), .integer(5)),
      SQLStatement("UPDATE t SET c = ? WHERE a > ?", .real(0.5), .integer(2)),
      SQLStatement("DELETE FROM t WHERE a = 100"), SQLStatement("DELETE FROM t WHERE a < 3"),
    ])
    #expect(counts == [2, 3, 0, 2])
    #expect(try place.numbers() == [.integer(3), .integer(4), .integer(5)])
    #expect(try place.writer().write([]) == [])
  }

  @Test(arguments: Backend.here)
  func `after an error in the last one none counts, and the next transaction is unharmed`(
    _ backend: Backend
  ) throws {
    let place = try WritablePlace(backend)
    let writer = try place.writer()
    let error = #expect(throws: SQLError.self) {
      try writer.write([
        Self.insertion, SQLStatement("DELETE FROM t WHERE a = 1"),
        SQLStatement("INSERT INTO t (a, b) VALUES (9, 'two')"),
      ])
    }
    guard case .statement(let reason)? = error else {
      Issue.record("\(error.debugDescription)")
      return
    }
    #expect(reason.lowercased().contains("unique"))
    #expect(try place.numbers() == [.integer(1), .integer(2), .integer(3)])
    #expect(try writer.write([Self.insertion]) == [1])
    #expect(try place.numbers().last == .integer(4))
  }

  @Test(arguments: Backend.here)
  func `values come back as they were written`(_ backend: Backend) throws {
    let place = try WritablePlace(backend)
    let values: [SQLValue] = [.integer(-7), .text("it's \\ ☃"), .real(0.1), .blob([0, 255, 39])]
    let nulls: [SQLValue] = [.integer(8), .null, .null, .null]
    let statement = "INSERT INTO t (a, b, c, d) VALUES (?, ?, ?, ?)"
    try #expect(
      place.writer().write([SQLStatement(statement, values), SQLStatement(statement, nulls)])
        == [1, 1])
    let rows = try place.reader().rows(
      SQLStatement("SELECT a, b, c, d FROM t WHERE a NOT IN (1, 2, 3) ORDER BY a")
    ) { row in (0..<row.count).map { row[$0] } }
    #expect(rows == [values, nulls])
  }

  @Test(arguments: Backend.here)
  func `a statement may have more parameters than a byte can count`(_ backend: Backend) throws {
    let place = try WritablePlace(backend)
    let numbers = (0..<999).map { SQLValue.integer($0) }
    let marks = Array(repeating: "?", count: numbers.count).joined(separator: ", ")
    let counts = try place.writer().write([
      SQLStatement("DELETE FROM t WHERE a IN (\(marks))", numbers)
    ])
    #expect(counts == [3])
  }

  private static let refused = [
    "CREATE TABLE u (a INT)", "DROP TABLE t", "ALTER TABLE t ADD e INT", "SELECT 1", "VACUUM",
    "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT s", "END", "ATTACH 'x.db' AS x", "ANALYZE",
    "PRAGMA foreign_keys = 0", "PRAGMA journal_mode", "SET search_path = x", "TRUNCATE t",
    "DELETE FROM t; DELETE FROM t", "DELETE FROM t\0 WHERE a = 1", "WITH x AS (SELECT 1) SELECT 1",
    "COPY t FROM '/etc/passwd'", "DO 'BEGIN END'", "SELECT load_extension('x')", "",
    "INSERT INTO t (a) SELECT load_extension('x')", "PREPARE TRANSACTION 'x'",
  ]

  @Test(arguments: Backend.here, refused)
  func `nothing but changing rows is possible`(_ backend: Backend, _ text: String) throws {
    let place = try WritablePlace(backend)
    let writer = try place.writer()
    for statements in [
      [Self.insertion, SQLStatement(text)], [SQLStatement(text), Self.insertion],
    ] {
      #expect(throws: SQLError.self) { try writer.write(statements) }
    }
    // Nor is anything left behind that would reach further.
    #expect(try writer.write([SQLStatement("DELETE FROM t WHERE a = 1")]) == [1])
    #expect(try place.numbers() == [.integer(2), .integer(3)])
  }

  @Test(arguments: Backend.here)
  func `what is returned may be asked for, and interests nobody`(_ backend: Backend) throws {
    let place = try WritablePlace(backend)
    let counts = try place.writer().write([
      SQLStatement(
        "WITH x AS (SELECT 2 AS a) DELETE FROM t WHERE a >= (SELECT a FROM x) RETURNING b")
    ])
    #expect(counts == [2])
  }

  @Test(arguments: Backend.here)
  func `what foreign keys say happens, and is not counted`(_ backend: Backend) throws {
    let place = try WritablePlace(backend)
    try place.run(
      """
      CREATE TABLE u (a INTEGER REFERENCES t (a) ON DELETE SET NULL);
      CREATE TABLE v (a INTEGER REFERENCES t (a));
      INSERT INTO u VALUES (1), (2); INSERT INTO v VALUES (3);
      """)
    let writer = try place.writer()
    #expect(try writer.write([SQLStatement("DELETE FROM t WHERE a < 3")]) == [2])
    let rows = try place.reader().rows(SQLStatement("SELECT count(*) FROM u WHERE a IS NULL")) {
      $0[0]
    }
    #expect(rows == [.integer(2)])
    #expect(throws: SQLError.self) { try writer.write([SQLStatement("DELETE FROM t")]) }
    #expect(try place.numbers() == [.integer(3)])
  }

  @Test(arguments: Backend.here)
  func `a reader that was open before sees what was written`(_ backend: Backend) throws {
    let place = try WritablePlace(backend)
    let reader = try place.reader()
    let question = SQLStatement("SELECT count(*) FROM t WHERE a > ?", .integer(0))
    #expect(try reader.rows(question) { $0[0] } == [.integer(3)])
    let writer = try place.writer()
    for count in 4...6 {
      _ = try writer.write([SQLStatement("INSERT INTO t (a) VALUES (?)", .integer(count))])
      #expect(try reader.rows(question) { $0[0] } == [.integer(count)])
    }
  }

  // MARK: cancellation

  @Test(arguments: Backend.here)
  func `who was asked to end writes no more, but for his last word`(_ backend: Backend) throws {
    let place = try WritablePlace(backend)
    var isCancelled = false
    let writer = try place.writer { isCancelled }
    isCancelled = true
    #expect(throws: SQLError.interrupted) { try writer.write([Self.insertion]) }
    #expect(try place.numbers().count == 3)
    #expect(try writer.write([Self.insertion], evenIfCancelled: true) == [1])
    #expect(throws: SQLError.interrupted) {
      try writer.write([SQLStatement("DELETE FROM t")])
    }
    #expect(try place.numbers().count == 4)
  }

  @Test(arguments: Backend.here)
  func `a transaction that is cancelled in the middle leaves nothing`(_ backend: Backend) throws {
    let place = try WritablePlace(backend)
    var asked = 0
    let writer = try place.writer {
      asked += 1
      return asked > 3
    }
    let endless = """
      INSERT INTO t (a) WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n)
      SELECT i FROM n
      """
    #expect(throws: SQLError.interrupted) {
      try writer.write([Self.insertion, SQLStatement(endless)])
    }
    #expect(asked == 4)
    #expect(try place.numbers().count == 3)
    // The connection is fit for more.
    #expect(try writer.write([Self.insertion], evenIfCancelled: true) == [1])
  }
}
