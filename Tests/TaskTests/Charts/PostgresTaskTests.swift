// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SQLDatabases
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

/// The built executables, their data in a real PostgreSQL server.
@Suite(.enabled(if: PostgresServer.isInstalled, "\(PostgresServer.howToInstall)"))
struct PostgresTaskTests {
  private static let query =
    #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":["region"],"metrics":["count"]}]}"#
  /// Of `pässword:@/`.
  private static let key = "peer-measurement-secret-key-0123456789abcdef-not-for-production"
  private static let password = "aa9ESHJjkY/aKvdSQNJtEQ=="

  private let bench: Workbench
  private let server: PostgresServer
  /// One for each test, made for it.
  private let database = "tasks_\(UInt32.random(in: 0...UInt32.max))"

  init() throws {
    bench = try Workbench()
    server = try PostgresServer.shared.get()
    try server.makeDatabase(database)
  }

  private func prepare(_ table: String) throws {
    let schema = try SQLiteDatabase(readingFrom: bench.metadata).rows(
      SQLStatement("SELECT coalesce(schema, 'public') FROM tables WHERE id = 2")
    ) { $0[0].textValue ?? "" }
    let name = schema.first ?? "public"
    try server.run(
      """
      CREATE SCHEMA IF NOT EXISTS \(name); GRANT USAGE ON SCHEMA \(name) TO \(PostgresServer.guest);
      CREATE VIEW \(name).sales AS \(table);
      GRANT SELECT ON \(name).sales TO \(PostgresServer.guest);

      """, in: database)
  }

  private func point(at url: String, password: String? = nil) throws {
    let value = password.map { "'\($0)'" } ?? "NULL"
    try bench.changeMetadata("UPDATE dbs SET sqlalchemy_uri = '\(url)', password = \(value)")
  }

  @Test func `a dataset of PostgreSQL is read as whom the metadata say`() throws {
    try prepare("SELECT current_user::text AS region")
    try point(
      at: "postgresql+psycopg2://guest:XXXXXXXXXX@/\(database)?host=\(server.directory)",
      password: Self.password)
    let variables = ["SUPERSET_SECRET_KEY": Self.key]
    let outcome = try bench.load(Self.query, variables)
    #expect(outcome.rows == [["region": "guest", "count": 1]], "\(outcome.log)")
    let wrong = try bench.load(Self.query, ["SUPERSET_SECRET_KEY": "another"])
    #expect(wrong.status == Verdict.badConfiguration.rawValue)
    #expect(wrong.message?.contains("another SECRET_KEY") == true)
    #expect(!wrong.log.contains(Self.password))
  }

  @Test
  func `a URL of spool.toml goes before the metadata's, and may lead from SQLite to PostgreSQL`()
    throws
  {
    try prepare("SELECT 'here' AS region FROM generate_series(1, 3)")
    try bench.write(
      "spool.toml",
      """
      [superset.database_urls]
      examples = "\(server.url(database))"
      """)
    let outcome = try bench.run(
      "chart-data", ["--config", "\(bench.path)/spool.toml"], input: Self.query)
    #expect(outcome.json == [["region": "here", "count": 3]], "\(outcome.log)")
  }

  @Test func `times, truth and numbers are answered as what they are`() throws {
    try prepare(
      "SELECT timestamp '2024-01-02 03:04:05' AS ds, true AS is_delivery, 1.50::numeric AS sales")
    try point(at: server.url(database))
    let query =
      #"{"datasource":{"id":2,"type":"table"},"queries":[{"columns":["ds","is_delivery","sales"]}]"#
    let result = try bench.load(query + "}").json["result"]?["result"]?.arrayValue?.first
    #expect(
      result?["data"] == [["ds": 1_704_164_645_000.0, "is_delivery": true, "sales": 1.5]])
    #expect(result?["coltypes"] == [2, 3, 0])
    let csv = try bench.run(
      "chart-data", ["--response"], input: query + #", "result_format": "csv"}"#)
    #expect(csv.output == "ds,is_delivery,sales\n2024-01-02 03:04:05,True,1.50\n", "\(csv.log)")
  }

  @Test func `a server that is down is asked again later, a wrong statement never`() throws {
    try point(at: "postgresql://nobody@/nothing?host=\(bench.path)")
    let down = try bench.load(Self.query)
    #expect(down.status == Verdict.tryLater.rawValue, "\(down.log)")
    try prepare("SELECT 1 AS other")
    try point(at: server.url(database))
    let wrong = try bench.load(Self.query)
    #expect(wrong.status == Verdict.badInput.rawValue)
    #expect(wrong.message?.hasPrefix("Error: column \"region\" does not exist\nLINE 1: ") == true)
  }

  @Test func `a task that stays keeps its session, and makes a new one where that has ended`()
    throws
  {
    try prepare("SELECT pg_backend_pid()::text AS region")
    try point(at: server.url(database))
    let task = try ResidentTask(bench)
    let first = try task.ask(Self.query)
    #expect(first.isOK)
    #expect(first.rows != nil)
    #expect(try task.ask(Self.query).rows == first.rows)
    try server.run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(database)'",
      in: "postgres")
    let second = try task.ask(Self.query)
    #expect(second.isOK)
    #expect(second.rows != first.rows)
    #expect(try task.ask(Self.query).rows == second.rows)
  }

  @Test func `when the soft limit comes, the server stops, too`() throws {
    try prepare("SELECT '' AS region FROM (SELECT pg_sleep(600)) s WHERE s IS NOT NULL")
    try point(at: server.url(database))
    let job =
      #"{"job_metadata":{"channel_id":"c","job_id":"j","user_id":1},"form_data":\#(Self.query)}"#
    let running = try bench.start("load_chart_data_into_cache", input: job)
    while try statements().isEmpty && running.process.isRunning { usleep(10_000) }
    running.process.terminate()
    let outcome = try running.wait()
    #expect(outcome.message == "A timeout occurred while loading chart data")
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(try statements().isEmpty)
  }

  /// What the server does for our database now.
  private func statements() throws -> [SQLValue] {
    guard case .postgres(let address) = try DatabaseURL(server.url("postgres"), relativeTo: "")
    else {
      return []
    }
    let session = PostgresDatabase.Session(
      program: "\(RunningProgram.path.parentPath)/spool-postgres", environment: [])
    return try PostgresDatabase(address, session).rows(
      SQLStatement(
        "SELECT query FROM pg_stat_activity WHERE datname = ? AND state = 'active'",
        .text(database))
    ) { $0[0] }
  }
}
