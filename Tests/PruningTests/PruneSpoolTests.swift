// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// A task that prunes as a job of a running spool.
struct PruneSpoolTests {
  @Test func `a job whose time is too short is done in several attempts`() throws {
    let bench = try PruneBench(.sqlite)
    try bench.run(
      """
      INSERT INTO logs (id, dttm) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
      SELECT i, '\(bench.ago(31))' FROM n; INSERT INTO logs (dttm) VALUES ('\(bench.ago(1))');
      """)
    let spool = try TestSpool(
      ["prune_logs": "exec '\(RunningProgram.path.parentPath)/prune_logs' \"$@\""],
      configuration: """
        [superset]
        metadata_url = "\(try bench.url)"

        [queues.prune_logs]
        soft_time_limit = "250ms"
        retry_pause = "50ms"
        tries = 1000
        """)
    try spool.start()
    try spool.put(
      #"{"task": "prune_logs", "kwargs": {"retention_period_days": 30}}"#,
      at: "incoming/prune_logs/1.json")
    // While it runs it says how far it is.
    #expect(
      spool.waits {
        spool.read("active/prune_logs@1/1/progress")?.hasPrefix(#"{"done":"#) == true
          || spool.exists("results/prune_logs/1.json")
      })
    #expect(spool.waits(for: "results/prune_logs/1.json"), "\(spool.messages)")
    let result = try JSONValue(parsing: spool.read("results/prune_logs/1.json") ?? "")
    #expect(try bench.count(in: "logs") == 1)
    // What earlier attempts took is gone already.
    #expect(result["deleted"]?.integerValue.map { $0 < 100_000 } == true, "\(result.text)")
    #expect(spool.read("log/jobs.jsonl")?.contains("broken off: ") == true)
  }
}
