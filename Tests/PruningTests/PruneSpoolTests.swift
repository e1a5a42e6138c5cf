// SPDX-License-Identifier: MIT
import Glibc
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// A task that prunes as a job of a running spool.
struct PruneSpoolTests {
  @Test func `a job that is told to end is done by its next attempt, and shows how far it is`()
    throws
  {
    let bench = try PruneBench(.sqlite)
    try bench.run(
      """
      INSERT INTO logs (id, dttm) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
      SELECT i, '\(bench.ago(31))' FROM n; INSERT INTO logs (dttm) VALUES ('\(bench.ago(1))');
      """)
    let task = "\(RunningProgram.path.parentPath)/prune_logs"
    let spool = try TestSpool(
      ["prune_logs": "exec '\(task)' \"$@\""],
      configuration: """
        [superset]
        metadata_url = "\(try bench.url)"

        [queues.prune_logs]
        retry_pause = "50ms"
        """)
    try spool.start()
    try spool.put(
      #"{"task": "prune_logs", "kwargs": {"retention_period_days": 30}}"#,
      at: "incoming/prune_logs/1.json")
    #expect(
      spool.waits {
        spool.read("active/prune_logs@1/1/progress")?.hasSuffix(#","total":100000}"#) == true
      }, "\(spool.messages)")
    for process in spool.processes(running: task) { kill(process, SIGTERM) }
    #expect(spool.waits(for: "results/prune_logs/1.json"), "\(spool.messages)")
    let result = try JSONValue(parsing: spool.read("results/prune_logs/1.json") ?? "")
    #expect(try bench.count(in: "logs") == 1)
    // What earlier attempts took is gone already.
    #expect(result["deleted"]?.integerValue.map { $0 < 100_000 } == true, "\(result.text)")
    #expect(spool.read("log/jobs.jsonl")?.contains("broken off: ") == true)
  }
}
