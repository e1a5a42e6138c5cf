// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

@testable import SQLDatabases

/// With a real server, and the real spool-postgres between it and us.
@Suite(.enabled(if: PostgresServer.isInstalled, "\(PostgresServer.howToInstall)"))
struct PostgresDatabaseTests {
  private let server: PostgresServer

  init() throws { server = try PostgresServer.shared.get() }

  private func session() -> PostgresDatabase.Session {
    PostgresDatabase.Session(
      program: "\(RunningProgram.path.parentPath)/spool-postgres", environment: [])
  }

  private func open(
    _ url: String? = nil, session: PostgresDatabase.Session? = nil,
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> PostgresDatabase {
    guard
      case .postgres(let address) = try DatabaseURL(
        url ?? server.url("postgres"), relativeTo: "")
    else { throw SQLError.unsupported(url: "") }
    return try PostgresDatabase(address, session ?? self.session(), isCancelled: isCancelled)
  }

  private func row(_ text: String) throws -> [SQLValue] {
    try open().rows(SQLStatement(text)) { row in (0..<row.count).map { row[$0] } }.first ?? []
  }

  private func kinds(_ text: String) throws -> [SQLKind] {
    try open().rows(SQLStatement(text)) { row in (0..<row.count).map { row.kind(at: $0) } }
      .first ?? []
  }

  @Test func `cells keep their kinds`() throws {
    let text = """
      SELECT 1::smallint, -2::bigint, 0.5::real, 1.25::numeric, 1e300::float8, 'é'::text, NULL,
        true, false, '\\x00ff'::bytea, '{"a": 1}'::jsonb
      """
    #expect(
      try row(text) == [
        .integer(1), .integer(-2), .real(0.5), .real(1.25), .real(1e300), .text("é"), .null,
        .integer(1), .integer(0), .blob([0, 255]), .text(#"{"a": 1}"#),
      ])
    #expect(
      try kinds(text) == [
        .integer, .integer, .real, .decimal, .real, .text, .null, .boolean, .boolean, .blob, .text,
      ])
  }

  @Test func `times come as their clock shows them, without a zone`() throws {
    let text = """
      SELECT '2024-02-29 01:02:03.456789'::timestamp, '2024-02-29'::date,
        '2024-02-29 01:02:03'::timestamp AT TIME ZONE current_setting('TimeZone')
      """
    #expect(try kinds(text) == [.time, .time, .time])
    #expect(
      try row(text) == [
        .text("2024-02-29 01:02:03.456789"), .text("2024-02-29"), .text("2024-02-29 01:02:03"),
      ])
  }

  @Test func `parameters take the places of question marks that are not quoted`() throws {
    let statement = SQLStatement(
      "SELECT ?::text, '?', \"?\".a, ?::int, ?::text FROM (SELECT 1 AS a) AS \"?\"",
      .text("it's \\ ☃"), .integer(-7), .null)
    let rows = try open().rows(statement) { row in (0..<row.count).map { row[$0] } }
    #expect(rows == [[.text("it's \\ ☃"), .text("?"), .integer(1), .integer(-7), .null]])
    #expect(try row("SELECT '{\"a\": 1}'::jsonb ? 'a'") == [.integer(1)])
  }

  @Test(arguments: [
    "CREATE TABLE made (a int)", "DROP TABLE pg_class", "INSERT INTO kept VALUES (1)",
    "WITH gone AS (DELETE FROM kept RETURNING 1) SELECT * FROM gone", "SELECT 1; SELECT 2",
    "SELECT nextval('counter')", "COPY kept TO STDOUT", "VACUUM",
    "SET default_transaction_read_only = off", "SELECT 1\0", "COMMIT",
  ])
  func `nothing but reading is possible`(_ text: String) throws {
    try server.run(
      "SELECT pg_advisory_xact_lock(4712); CREATE TABLE IF NOT EXISTS kept (a int); CREATE SEQUENCE IF NOT EXISTS counter;",
      in: "postgres")
    let database = try open()
    #expect(throws: SQLError.self) { try database.rows(SQLStatement(text)) { _ in 0 } }
    // The settings of one statement are not those of the next.
    _ = try? database.rows(
      SQLStatement("SELECT set_config('default_transaction_read_only', 'off', false)")
    ) { _ in 0 }
    #expect(throws: SQLError.self) {
      try database.rows(SQLStatement("SELECT nextval('counter')")) { _ in 0 }
    }
  }

  @Test func `an unknown column is an error of the statement, in psycopg2's words`() throws {
    let reason = "column \"c\" does not exist\nLINE 1: SELECT c\n               ^\n"
    let database = try open()
    #expect(throws: SQLError.statement(reason: reason)) {
      try database.rows(SQLStatement("SELECT c")) { _ in 0 }
    }
    #expect(try database.rows(SQLStatement("SELECT 1")) { $0[0] } == [.integer(1)])
  }

  @Test func `a million rows pass through little memory, and may be left in the middle`() throws {
    let database = try open()
    let statement = SQLStatement("SELECT i, repeat('x', 100) FROM generate_series(1, 1000000) i")
    var sum = 0
    try database.read(statement) { row in sum += row.integer(at: 0) }
    #expect(sum == 500_000_500_000)
    var count = 0
    #expect(throws: SQLError.interrupted) {
      try database.read(statement) { (_: any SQLRow) throws(SQLError) in
        count += 1
        if count == 3 { throw .interrupted }
      }
    }
    #expect(try database.rows(SQLStatement("SELECT 1")) { $0[0] } == [.integer(1)])
  }

  @Test func `a dataset's schema is where names without one are looked for`() throws {
    try server.run(
      "CREATE SCHEMA IF NOT EXISTS \"my \"\"own\"; CREATE OR REPLACE VIEW \"my \"\"own\".v AS SELECT 7 AS a;",
      in: "postgres")
    var session = session()
    session.schema = "my \"own"
    let rows = try open(session: session).rows(SQLStatement("SELECT a FROM v")) { $0[0] }
    #expect(rows == [.integer(7)])
  }

  // MARK: between two jobs

  private func session(of database: PostgresDatabase) throws -> Int {
    let rows = try database.rows(SQLStatement("SELECT pg_backend_pid()")) { row in
      row.integer(at: 0)
    }
    return rows.first ?? 0
  }

  @Test func `a session that the server has ended between two jobs is made anew`() throws {
    let database = try open()
    let first = try session(of: database)
    #expect(database.resumes(until: nil))
    #expect(try session(of: database) == first)
    try server.run("SELECT pg_terminate_backend(\(first))", in: "postgres")
    #expect(database.resumes(until: nil))
    #expect(try session(of: database) != first)
  }

  @Test func `a session that the server has ended within a job is told as unavailable`() throws {
    let database = try open()
    try server.run("SELECT pg_terminate_backend(\(try session(of: database)))", in: "postgres")
    let error = #expect(throws: SQLError.self) { try session(of: database) }
    guard case .unavailable? = error else {
      Issue.record("\(error.debugDescription)")
      return
    }
  }

  @Test func `what a statement leaves in the session does not reach the next job`() throws {
    let database = try open()
    _ = try database.rows(SQLStatement("SELECT pg_advisory_lock(4711)")) { _ in 0 }
    let held = SQLStatement("SELECT count(*) FROM pg_locks WHERE objid = 4711")
    #expect(try database.rows(held) { $0[0] } == [.integer(1)])
    #expect(database.resumes(until: nil))
    #expect(try database.rows(held) { $0[0] } == [.integer(0)])
  }

  @Test func `each job has its own time`() throws {
    let database = try open()
    let limit = SQLStatement("SELECT current_setting('statement_timeout')")
    #expect(try database.rows(limit) { $0[0] } == [.text("0")])
    #expect(database.resumes(until: SystemClock.now() + .seconds(60)))
    #expect(try database.rows(limit) { $0[0] } != [.text("0")])
    #expect(database.resumes(until: nil))
    #expect(try database.rows(limit) { $0[0] } == [.text("0")])
  }

  // MARK: who may not, and who does not answer

  @Test func `a password opens, and a wrong one is told from a server that is down`() throws {
    let place = "@/postgres?host=\(server.directory)"
    let good = try open("postgresql://guest:p%C3%A4ssword%3A%40%2F\(place)")
    #expect(
      try good.rows(SQLStatement("SELECT current_user::text")) { $0[0] } == [.text("guest")])
    for password in [":wrong", ""] {
      let error = #expect(throws: SQLError.self) {
        try open("postgresql://guest\(password)\(place)")
      }
      guard case .denied(_, let reason)? = error else {
        Issue.record("not denied: \(error.debugDescription)")
        continue
      }
      #expect(!"\(error.debugDescription)".contains("wrong"))
      #expect(reason.contains("password"), "\(reason)")
      #expect(!reason.contains("LOCATION"))
    }
  }

  @Test func `a database that does not exist has to be settled by a person`() throws {
    let error = #expect(throws: SQLError.self) { try open(server.url("nowhere")) }
    guard case .denied(let server, let reason)? = error else {
      Issue.record("not denied: \(error.debugDescription)")
      return
    }
    #expect(server.hasPrefix("postgresql://spool@/tmp/"))
    #expect(reason.hasSuffix("FATAL:  database \"nowhere\" does not exist"))
  }

  @Test func `a server that is down may be up later`() throws {
    for url in ["postgresql://a@/d?host=/nowhere", "postgresql://a@127.0.0.1:1/d"] {
      let error = #expect(throws: SQLError.self) { try open(url) }
      if case .unavailable? = error { continue }
      Issue.record("\(error.debugDescription)")
    }
  }

  @Test func `without spool-postgres there is no PostgreSQL`() throws {
    let nothing = PostgresDatabase.Session(program: "/nowhere/spool-postgres", environment: [])
    #expect(throws: SQLError.helper(SystemError("execute", "/nowhere/spool-postgres", .noSuchFile)))
    { try open(session: nothing) }
  }

  // MARK: statements that take too long

  /// Statements of this kind that the server is at work on.
  private func running(_ mark: String) throws -> [SQLValue] {
    try open().rows(
      SQLStatement(
        """
        SELECT pid FROM pg_stat_activity
        WHERE state <> 'idle' AND query LIKE ? AND pid <> pg_backend_pid()
        """, .text("%\(mark)%"))
    ) { $0[0] }
  }

  private func waitUntil(_ condition: () throws -> Bool) throws -> Bool {
    let end = SystemClock.now() + TestSpool.patience
    while try !condition() {
      guard SystemClock.now() < end else { return false }
    }
    return true
  }

  @Test func `a statement that is cancelled stops in the server, too`() throws {
    let database = try open { (try? running("sleeper-1"))?.isEmpty == false }
    #expect(throws: SQLError.interrupted) {
      try database.rows(SQLStatement("SELECT pg_sleep(600) /* sleeper-1 */")) { _ in 0 }
    }
    #expect(try running("sleeper-1").isEmpty)
  }

  @Test func `rows that nobody wants any more are not computed to their end`() throws {
    var count = 0
    let database = try open { count > 1_000 }
    #expect(throws: SQLError.interrupted) {
      try database.read(
        SQLStatement("SELECT generate_series(1, 1000000000) /* counter-1 */")
      ) { _ in count += 1 }
    }
    #expect(try waitUntil { try running("counter-1").isEmpty })
  }

  @Test func `the server itself stops after the deadline`() throws {
    var session = session()
    session.deadline = SystemClock.now() + .milliseconds(-1_500)
    let database = try open(session: session)
    #expect(throws: SQLError.interrupted) {
      try database.rows(SQLStatement("SELECT pg_sleep(600)")) { _ in 0 }
    }
  }

  @Test func `a process that is killed leaves the server no work for long`() throws {
    let session = PostgresDatabase.Session(
      program: "\(RunningProgram.path.parentPath)/spool-postgres", environment: ["MARK=sleeper-2"])
    let database = try open(session: session) {
      guard let found = try? running("sleeper-2"), !found.isEmpty else { return false }
      for child in processes(with: "MARK=sleeper-2") { kill(child, SIGKILL) }
      return false
    }
    #expect(throws: SQLError.self) {
      try database.rows(SQLStatement("SELECT pg_sleep(600) /* sleeper-2 */")) { _ in 0 }
    }
    #expect(try waitUntil { try running("sleeper-2").isEmpty })
  }

  private func processes(with variable: String) -> [pid_t] {
    let all = (try? SystemFiles().names(in: "/proc"))?.compactMap(pid_t.init) ?? []
    return all.filter { process in
      let environment = try? SystemFiles().contents(of: "/proc/\(process)/environ")
      return environment.map { String(decoding: $0, as: UTF8.self).contains(variable) } ?? false
    }
  }
}
