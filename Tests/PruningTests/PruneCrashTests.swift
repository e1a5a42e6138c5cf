// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

/// A run that ends before its time, and one that cannot begin.
@Suite(.serialized) struct PruneCrashTests {
  private static let job = #"{"retention_period_days": 30}"#
  /// Of all rows these stay.
  private static let young = 1_000

  /// A server is quicker; and so much has to be left when it is killed.
  private static func count(_ backend: Backend) -> Int { backend == .sqlite ? 40_000 : 400_000 }

  /// Filled by the database itself: many batches.
  private func bench(_ backend: Backend) throws -> PruneBench {
    let bench = try PruneBench(backend)
    let (count, old) = (Self.count(backend), Self.count(backend) - Self.young)
    let numbers =
      backend == .sqlite
      ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))"
      : "WITH n (i) AS (SELECT generate_series(1, \(count)))"
    let time = "CASE WHEN i <= \(old) THEN '\(bench.ago(31))' ELSE '\(bench.ago(1))' END"
    let typed = backend == .sqlite ? time : "(\(time))::timestamp"
    // Kept apart from the rest: psql has no INSERT with a WITH in front of it that SQLite knows as well.
    try bench.run(
      "INSERT INTO logs (id, dttm) \(numbers) SELECT i, \(typed) FROM n")
    return bench
  }

  /// Until some more are gone.
  private func waitUntilUnderWay(_ bench: PruneBench) throws {
    let end = SystemClock.now() + TestSpool.patience
    let before = try bench.count(in: "logs")
    while SystemClock.now() < end, try bench.count(in: "logs") == before {}
  }

  private func expectWhole(_ bench: PruneBench) throws -> Int {
    let (count, left) = (Self.count(bench.backend), try bench.count(in: "logs"))
    // From the beginning on, without a hole.
    #expect(
      try bench.rows("SELECT min(id), max(id) FROM logs")
        == [[.integer(count - left + 1), .integer(count)]])
    if bench.backend == .sqlite {
      let check = Shell(directory: "/tmp").run("sqlite3 \(bench.path) 'PRAGMA integrity_check'")
      #expect(check == "ok")
    }
    return left
  }

  @Test(arguments: Backend.here)
  func `a run that is killed leaves whole batches, and the next one goes on`(
    _ backend: Backend
  ) throws {
    let bench = try bench(backend)
    for _ in 0..<3 {
      let running = try bench.start("prune_logs", input: Self.job)
      try waitUntilUnderWay(bench)
      running.process.send(.kill)
      #expect(try running.wait().end == .signalled(9))
      // A server notices within a second; until then a batch may still be on its way.
      _ = try bench.run(
        "prune_logs", input: #"{"retention_period_days": 30, "max_rows_per_run": 999}"#)
      _ = try expectWhole(bench)
    }
    let left = try bench.count(in: "logs")
    #expect(left > Self.young)
    let outcome = try bench.run("prune_logs", input: Self.job)
    #expect(outcome.end == .exited(0), "\(outcome.log)")
    #expect(outcome.json["deleted"] == .integer(left - Self.young))
    #expect(try expectWhole(bench) == Self.young)
  }

  @Test(arguments: Backend.here)
  func `a run that is told to end does so between two batches, to be tried again`(
    _ backend: Backend
  ) throws {
    let bench = try bench(backend)
    let running = try bench.start("prune_logs", input: Self.job)
    try waitUntilUnderWay(bench)
    running.process.send(.terminate)
    let outcome = try running.wait()
    #expect(outcome.end == .exited(Verdict.tryLater.rawValue), "\(outcome.log)")
    #expect(outcome.message?.hasPrefix("broken off: ") == true)
    #expect(outcome.message?.hasSuffix(",000 rows are gone") == true)
    #expect(try expectWhole(bench) > Self.young)
    #expect(try bench.run("prune_logs", input: Self.job).end == .exited(0))
    #expect(try expectWhole(bench) == Self.young)
  }

  @Test func `metadata that somebody holds locked make it try later`() throws {
    let bench = try PruneBench(.sqlite)
    try bench.fillLogs(3) { _ in 100 }
    let holder = try SQLiteBuilder(creating: bench.path)
    try holder.run("COMMIT; BEGIN IMMEDIATE")
    let outcome = try bench.run("prune_logs", input: Self.job)
    #expect(outcome.end == .exited(Verdict.tryLater.rawValue))
    #expect(outcome.message == "unable to use \(bench.path): the database is locked")
    try holder.finish()
    #expect(try bench.run("prune_logs", input: Self.job).json["deleted"] == 3)
  }

  @Test(.enabled(if: PostgresServer.isInstalled, "\(PostgresServer.howToInstall)"))
  func `a role that may only read pauses the queue`() throws {
    let bench = try PruneBench(.postgres)
    try bench.fillLogs(3) { _ in 100 }
    try bench.run(
      """
      GRANT SELECT ON logs TO \(PostgresServer.guest);
      ALTER DATABASE \(bench.name) SET role = \(PostgresServer.guest);
      """)
    let outcome = try bench.run("prune_logs", input: Self.job)
    #expect(outcome.end == .exited(Verdict.badConfiguration.rawValue))
    #expect(outcome.message?.contains("permission denied for table logs") == true)
    #expect(outcome.message?.hasPrefix("unable to write to postgresql://spool@") == true)
  }

  @Test func `metadata without such a table are told so`() throws {
    let bench = try PruneBench(.sqlite)
    try bench.run("DROP TABLE logs")
    let outcome = try bench.run("prune_logs", input: Self.job)
    #expect(outcome.end == .exited(Verdict.badInput.rawValue))
    #expect(outcome.message == "no such table: logs")
  }
}
