// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

@testable import SQLDatabases

/// What only a server can do to a writer.
@Suite(.enabled(if: PostgresServer.isInstalled, "\(PostgresServer.howToInstall)"))
struct PostgresWriterTests {
  private let place: WritablePlace
  private let insertion = SQLStatement("INSERT INTO t (a) VALUES (4)")
  /// Inserts a row, and takes ten minutes for it.
  private let sleeper = SQLStatement("INSERT INTO t (a) SELECT 5 FROM pg_sleep(600)")

  init() throws { place = try WritablePlace(.postgres) }

  private func pid(of database: PostgresDatabase) throws -> Int {
    try database.rows(SQLStatement("SELECT pg_backend_pid()")) { $0.integer(at: 0) }.first ?? 0
  }

  private func isAsleep(_ observer: PostgresDatabase) -> Bool {
    let text = """
      SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()
      """
    return (try? observer.rows(SQLStatement(text)) { $0[0] }) == [.integer(1)]
  }

  @Test func `a role without the right is told as what it is, and so is a read-only one`() throws {
    try place.run("GRANT SELECT ON t TO \(PostgresServer.guest)")
    // The session is the guest's from here on.
    let writer = try place.postgres()
    try place.run("ALTER DATABASE \(try name(of: writer)) SET role = \(PostgresServer.guest)")
    let error = #expect(throws: SQLError.self) { try place.postgres().write([insertion]) }
    guard case .notWritable(let server, let reason)? = error else {
      Issue.record("\(error.debugDescription)")
      return
    }
    #expect(server.hasPrefix("postgresql://spool@/tmp/"))
    #expect(reason.contains("permission denied for table t"))
  }

  private func name(of database: PostgresDatabase) throws -> String {
    try database.rows(SQLStatement("SELECT current_database()::text")) { $0[0].textValue ?? "" }
      .first ?? ""
  }

  @Test func `rows that somebody else is changing make us try later`() throws {
    try place.run("CREATE FUNCTION nap() RETURNS int LANGUAGE sql AS 'SELECT 1 FROM pg_sleep(600)'")
    let observer = try place.postgres()
    var hasTried = false
    // Its own transaction holds row 1 while another one wants it.
    let holder = try place.postgres {
      guard isAsleep(observer) else { return false }
      let error = #expect(throws: SQLError.self) {
        try place.postgres().write([SQLStatement("DELETE FROM t WHERE a = 1")])
      }
      if case .unavailable(_, let reason)? = error {
        #expect(reason.contains("lock timeout"))
      } else {
        Issue.record("\(error.debugDescription)")
      }
      hasTried = true
      return true
    }
    #expect(throws: SQLError.interrupted) {
      try holder.write([SQLStatement("UPDATE t SET b = 'x' WHERE a = 1"), sleeper])
    }
    #expect(hasTried)
    #expect(try place.numbers().count == 3)
  }

  @Test(arguments: [SIGKILL, SIGTERM])
  func `a helper that ends between begin and commit leaves nothing`(_ signal: Int32) throws {
    let observer = try place.postgres()
    let mark = "MARK=writer-\(UInt64.random(in: 0...UInt64.max))"
    let writer = try place.postgres(environment: [mark]) {
      if isAsleep(observer) { for child in processes(with: mark) { kill(child, signal) } }
      return false
    }
    #expect(throws: SQLError.self) { try writer.write([insertion, sleeper]) }
    let end = SystemClock.now() + TestSpool.patience
    while isAsleep(observer), SystemClock.now() < end {}
    #expect(try place.numbers().count == 3)
    #expect(try place.postgres().write([insertion]) == [1])
  }

  @Test func `a server that goes away between begin and commit leaves nothing`() throws {
    let observer = try place.postgres()
    let writer = try place.postgres {
      if isAsleep(observer) {
        let text = """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE wait_event = 'PgSleep' AND datname = current_database()
          """
        _ = try? observer.rows(SQLStatement(text)) { _ in 0 }
      }
      return false
    }
    let error = #expect(throws: SQLError.self) { try writer.write([insertion, sleeper]) }
    guard case .unavailable? = error else {
      Issue.record("\(error.debugDescription)")
      return
    }
    #expect(try place.numbers().count == 3)
  }

  @Test func `a session that reads and writes is one, and stays so between jobs`() throws {
    let database = try place.postgres()
    let session = try pid(of: database)
    #expect(try database.write([insertion]) == [1])
    #expect(database.resumes(until: nil))
    #expect(try database.write([SQLStatement("DELETE FROM t WHERE a = 4")]) == [1])
    #expect(try pid(of: database) == session)
    #expect(throws: SQLError.self) {
      try database.rows(SQLStatement("DELETE FROM t RETURNING a")) { _ in 0 }
    }
  }

  @Test func `a text with a NUL is refused instead of cut`() throws {
    let statement = SQLStatement("INSERT INTO t (a, b) VALUES (4, ?)", .text("a\0b"))
    #expect(throws: SQLError.refused(reason: "a NUL in a parameter")) {
      try place.postgres().write([insertion, statement])
    }
    #expect(try place.numbers().count == 3)
  }

  private func processes(with variable: String) -> [pid_t] {
    let all = (try? SystemFiles().names(in: "/proc"))?.compactMap(pid_t.init) ?? []
    return all.filter { process in
      let environment = try? SystemFiles().contents(of: "/proc/\(process)/environ")
      return environment.map { String(decoding: $0, as: UTF8.self).contains(variable) } ?? false
    }
  }
}
