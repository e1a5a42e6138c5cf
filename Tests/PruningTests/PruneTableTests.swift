// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

/// What goes of the tables that have one age for all rows.
struct PruneTableTests {
  private static let month = #"{"retention_period_days": 30}"#

  @Test(arguments: Backend.here)
  func `what is older goes, in whatever order the ids were given, and what has no time stays`(
    _ backend: Backend
  ) throws {
    let bench = try PruneBench(backend)
    // Each third is young, each tenth has no time; far more than one batch.
    func days(_ id: Int) -> Double? { id % 10 == 0 ? nil : id % 3 == 0 ? 29.9 : 30.1 }
    try bench.fillLogs(4_000, days)
    let outcome = try bench.run("prune_logs", input: Self.month)
    #expect(outcome.end == .exited(0), "\(outcome.log)")
    let staying = (1...4_000).filter { days($0) != 30.1 }
    #expect(try bench.ids(in: "logs") == staying)
    #expect(outcome.json["deleted"] == .integer(4_000 - staying.count))
    #expect(outcome.json["table"] == "logs")
    #expect(outcome.json["is_complete"] == true)
    #expect(outcome.log.contains("Pruning complete: 2,400 rows deleted in 00:0"))
    // Once more there is nothing to do, and no right to write is needed.
    #expect(try bench.run("prune_logs", input: Self.month).json["deleted"] == 0)
  }

  @Test func `rows go whatever numbers they have`() throws {
    let bench = try PruneBench(.sqlite)
    try bench.run(
      """
      INSERT INTO logs (id, dttm) VALUES (-9223372036854775807, '2020-01-01'), (-5, '2020-01-01'),
        (0, '2999-01-01'), (7, '2020-01-01'), (9223372036854775806, '2999-01-01'),
        (9223372036854775807, '2020-01-01');
      """)
    let outcome = try bench.run("prune_logs", input: Self.month)
    #expect(outcome.end == .exited(0), "\(outcome.log)")
    #expect(try bench.ids(in: "logs") == [0, 9_223_372_036_854_775_806])
  }

  @Test(arguments: Backend.here)
  func `days are counted in UTC, wherever the machine stands`(_ backend: Backend) throws {
    let bench = try PruneBench(backend)
    try bench.fillLogs(2) { $0 == 1 ? 30 + 1.0 / 24 : 30 - 1.0 / 24 }
    for zone in ["Pacific/Kiritimati", "Pacific/Niue", "UTC"] {
      let outcome = try bench.run("prune_logs", ["--dry-run"], input: Self.month, ["TZ=\(zone)"])
      #expect(outcome.json["rows"] == 1, "\(zone): \(outcome.log)")
    }
  }

  @Test(arguments: Backend.here, ["prune_query", "prune_sql_lab_queries"])
  func `queries go by either name of the task, and no tab is lost with its last one`(
    _ backend: Backend, _ task: String
  ) throws {
    let bench = try PruneBench(backend)
    try bench.run(
      """
      INSERT INTO query (id, client_id, changed_on) VALUES (1, 'a', '\(bench.ago(200))'),
        (2, 'b', '\(bench.ago(170))'), (3, 'c', '\(bench.ago(400))'), (4, 'd', NULL);
      INSERT INTO tab_state (id, latest_query_id) VALUES (1, 'a'), (2, 'b'), (3, NULL);
      """)
    let outcome = try bench.run(task, input: #"{"args": [180]}"#)
    #expect(outcome.end == .exited(0), "\(outcome.log)")
    #expect(try bench.ids(in: "query") == [2, 4])
    #expect(outcome.json["deleted"] == 2)
    #expect(
      try bench.rows("SELECT latest_query_id FROM tab_state ORDER BY id")
        == [[.null], [.text("b")], [.null]])
  }

  @Test(arguments: Backend.here)
  func `a run takes so many rows at most, the first ones, and the next goes on`(
    _ backend: Backend
  ) throws {
    let bench = try PruneBench(backend)
    try bench.fillLogs(2_500) { $0 % 2 == 0 ? 100 : 1 }
    let job = #"{"retention_period_days": 30.5, "max_rows_per_run": 1100}"#
    let first = try bench.run("prune_logs", input: job)
    #expect(first.json["deleted"] == 1_100, "\(first.log)")
    #expect(first.json["is_complete"] == false)
    #expect(try bench.ids(in: "logs") == (1...2_500).filter { $0 % 2 == 1 || $0 > 2_200 })
    let second = try bench.run("prune_logs", input: job)
    #expect(second.json["deleted"] == 150)
    #expect(second.json["is_complete"] == true)
  }

  @Test(arguments: [
    ("{}", "the job has no retention_period_days: for how many days rows are kept"),
    (#"{"retention_period_days": null}"#, "the job has no retention_period_days"),
    (#"{"retention_days": 3}"#, "the job has no retention_period_days"),
    (#"{"retention_period_days": "30"}"#, #"retention_period_days is "30", and not"#),
    (#"{"retention_period_days": -1}"#, "retention_period_days is -1, and not a number of days"),
    (#"{"retention_period_days": 1e300}"#, "retention_period_days is 1e+300, and not"),
    (#"{"retention_period_days": true}"#, "retention_period_days is true, and not"),
    (#"{"retention_period_days": [30]}"#, "retention_period_days is [30], and not"),
    (#"{"retention_period_days": 1, "max_rows_per_run": 0}"#, "max_rows_per_run is 0, and not"),
    (#"{"retention_period_days": 1, "max_rows_per_run": 1.5}"#, "max_rows_per_run is 1.5, and"),
    (#"{"args": [1, 2, 3]}"#, "the job has 1 positional arguments too many"),
  ])
  func `without a time that can be meant nothing goes`(_ job: String, _ reason: String) throws {
    let bench = try PruneBench(.sqlite)
    try bench.fillLogs(3) { _ in 1_000 }
    let outcome = try bench.run("prune_logs", input: job)
    #expect(outcome.end == .exited(Verdict.badInput.rawValue))
    #expect(outcome.message?.hasPrefix(reason) == true, "\(outcome.log)")
    #expect(try bench.count(in: "logs") == 3)
  }

  @Test(arguments: Backend.here)
  func `a dry run tells what would go, and touches nothing`(_ backend: Backend) throws {
    let bench = try PruneBench(backend)
    try bench.run(
      "INSERT INTO logs (id, dttm) VALUES (1, '2020-02-01 00:00:00.500000'), "
        + "(2, '2020-01-01 00:00:00.250000'), (3, NULL), (4, '\(bench.ago(1))')")
    let before = backend == .sqlite ? try SystemFiles().contents(of: bench.path) : []
    let outcome = try bench.run("prune_logs", ["--dry-run"], input: Self.month)
    #expect(outcome.end == .exited(0), "\(outcome.log)")
    #expect(outcome.json["rows"] == 2)
    #expect(outcome.json["oldest"]?.stringValue?.hasPrefix("2020-01-01 00:00:00.25") == true)
    #expect(outcome.json["newest"]?.stringValue?.hasPrefix("2020-02-01 00:00:00.5") == true)
    #expect(try bench.ids(in: "logs") == [1, 2, 3, 4])
    if backend == .sqlite { #expect(try SystemFiles().contents(of: bench.path) == before) }
  }

  /// Foreign keys of tab_state have no index: each row costs a look through all tabs.
  @Test func `where each row costs much, nobody waits for many of them`() throws {
    let bench = try PruneBench(.sqlite)
    let numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
    try bench.run(
      """
      INSERT INTO query \(numbers) 200) SELECT i, 'c' || i, '\(bench.ago(400))' FROM n;
      INSERT INTO tab_state \(numbers) 10000) SELECT i, 'c' || (i % 200 + 1) FROM n;
      """)
    let running = try bench.start("prune_query", input: Self.month)
    var counts: Set<Int> = []
    while !running.process.hasEnded { counts.insert(try bench.count(in: "query")) }
    let outcome = try running.wait()
    #expect(outcome.json["deleted"] == 200, "\(outcome.log)")
    // Not all at once: there were states in between for everybody to see.
    #expect(counts.subtracting([0, 200]).count >= 2, "\(counts)")
    #expect(try bench.rows("SELECT count(latest_query_id) FROM tab_state") == [[.integer(0)]])
  }

  @Test func `a worker's people see how far it is, others get no file`() throws {
    let bench = try PruneBench(.sqlite)
    try bench.fillLogs(1_500) { _ in 100 }
    _ = try bench.run("prune_logs", input: #"{"retention_period_days": 1, "max_rows_per_run": 1}"#)
    #expect(try !SystemFiles().exists("\(bench.directory.path)/progress"))
    _ = try bench.run("prune_logs", input: Self.month, ["SPOOL_WORKER=prune_logs@1"])
    #expect(try bench.directory.read("progress") == #"{"done":1499,"total":1499}"#)
  }
}
