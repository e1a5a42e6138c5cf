// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SpoolProtocol
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

/// The scheduler in a spool whose jobs nobody takes; the sample's schedules are 1 at 09:00, 2 (inactive) and 3, an alert.
struct ReportsSchedulerTests {
  private let bench: Workbench
  private let spool: TestSpool

  init() throws {
    bench = try Workbench()
    spool = try TestSpool(["reports.execute": "exec cat"])
    try bench.changeMetadata("UPDATE report_schedule SET active = 0 WHERE id > 1")
    try bench.changeMetadata("UPDATE report_schedule SET timezone = 'UTC'")
  }

  private var variables: [String: String] {
    [
      "SPOOL": spool.root, "SPOOL_JOB_ID": "tick",
      "SPOOL_STATE": "\(spool.root)/state/reports.scheduler",
    ]
  }

  private func tick(_ time: String) throws -> Workbench.Outcome {
    try bench.run(
      "reports.scheduler", input: #"{"triggered_at": "2026-11-\#(time)Z"}"#, variables)
  }

  private var jobs: [String] { spool.names(in: "incoming/reports.execute") }

  private func trace(_ outcome: Workbench.Outcome, _ id: Int = 1) -> JSONValue? {
    outcome.json["schedules"]?.arrayValue?.first { $0["report_schedule_id"] == .integer(id) }
  }

  @Test func `a run becomes one job with its time and its limits`() throws {
    let outcome = try tick("29T09:00:05")
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.json["enqueued"] == 1)
    #expect(jobs == ["report-1@20261129T090000Z.json"])
    let job = try JSONValue(parsing: spool.read("incoming/reports.execute/\(jobs[0])") ?? "")
    #expect(
      job == [
        "task": "reports.execute", "kwargs": ["report_schedule_id": 1],
        "eta": "2026-11-29T09:00:00.000Z", "soft_time_limit": 3601, "time_limit": 3610,
      ])
    #expect(outcome.log.contains("Scheduling alert Births every morning eta: 2026-11-29T09:00:00"))
  }

  @Test func `whatever time-out somebody enters, no schedule loses its runs`() throws {
    for (index, timeout) in ["0", "-5", "NULL", "9223372036854775807", "4000000000"].enumerated() {
      try bench.changeMetadata(
        """
        INSERT INTO report_schedule (id, type, name, active, crontab, timezone, working_timeout,
          extra_json) VALUES (\(50 + index), 'Report', 'T\(index)', 1, '* * * * *', 'UTC',
          \(timeout), '{}')
        """)
    }
    #expect(try tick("29T09:00:05").json["enqueued"] == 6)
    #expect(jobs.count == 6)
    for name in jobs {
      let text = spool.read("incoming/reports.execute/\(name)") ?? ""
      _ = try Job(parsing: Array(text.utf8))
    }
  }

  @Test func `a second clock and a second tick leave no job twice`() throws {
    _ = try tick("29T09:00:05")
    try FileManager.default.removeItem(atPath: "\(spool.root)/state/reports.scheduler/seen")
    let outcome = try tick("29T09:00:06")
    #expect(outcome.json["enqueued"] == 0)
    #expect(
      trace(outcome)?["runs"] == [
        [
          "job": "report-1@20261129T090000Z", "eta": "2026-11-29T09:00:00.000Z",
          "outcome": "enqueued before",
        ]
      ])
    // Done and its result cleared away: the tick still knows.
    _ = try tick("29T09:00:07")
    spool.run("rm incoming/reports.execute/*.json")
    #expect(try tick("29T09:00:08").json["enqueued"] == 0)
    #expect(jobs.isEmpty)
  }

  @Test func `two schedulers at the same moment leave each job once`() throws {
    try bench.changeMetadata("UPDATE report_schedule SET active = 1, crontab = '* * * * *'")
    let input = #"{"triggered_at": "2026-11-29T09:00:05Z"}"#
    let both = try (0..<4).map { _ in
      try bench.start("reports.scheduler", input: input, variables)
    }
    let enqueued = try both.map { try $0.wait().json["enqueued"]?.integerValue ?? -1 }
    #expect(enqueued.reduce(0, +) == 3, "\(enqueued)")
    #expect(jobs.count == 3)
  }

  @Test func `a late clock makes up for the runs of the last hour`() throws {
    try bench.changeMetadata("UPDATE report_schedule SET crontab = '*/20 * * * *' WHERE id = 1")
    _ = try tick("29T09:00:00")
    let outcome = try tick("29T11:10:00")
    #expect(
      jobs.map { String($0.dropFirst(18).prefix(4)) } == ["0900", "1020", "1040", "1100"])
    #expect(
      trace(outcome)?["missed"] == [
        "first": "2026-11-29T09:20:00.000Z", "last": "2026-11-29T10:00:00.000Z",
      ])
    #expect(outcome.log.contains("too late to be made up for"))
  }

  @Test func `every schedule has its line in the trace`() throws {
    try bench.changeMetadata("UPDATE report_schedule SET active = 1")
    try bench.changeMetadata("UPDATE report_schedule SET crontab = '61 * * * *' WHERE id = 2")
    try bench.changeMetadata("UPDATE report_schedule SET timezone = 'Mars/Olympus' WHERE id = 3")
    let outcome = try tick("29T08:30:00")
    #expect(outcome.status == 0)
    #expect(trace(outcome, 1)?["outcome"] == "not due")
    #expect(trace(outcome, 2)?["outcome"] == "skipped: it has no times")
    #expect(trace(outcome, 2)?["error"]?.stringValue?.contains("61") == true)
    #expect(
      trace(outcome, 3)?["warning"]
        == "Timezone Mars/Olympus was invalid. Falling back to 'UTC'")
    #expect(outcome.log.contains("report 2, "))
  }

  @Test func `a clock that was set back finds nothing twice`() throws {
    _ = try tick("29T09:00:05")
    spool.run("rm incoming/reports.execute/*.json")
    #expect(try tick("29T08:59:50").json["enqueued"] == 0)
    #expect(try tick("29T09:00:20").json["enqueued"] == 0)
    // Set back by a day, it was wrong before.
    #expect(try tick("28T09:00:05").json["enqueued"] == 1)
  }

  @Test func `a day is counted in the zone of its schedule`() throws {
    try bench.changeMetadata(
      "UPDATE report_schedule SET timezone = 'America/Los_Angeles' WHERE id = 1")
    #expect(try tick("29T09:00:05").json["enqueued"] == 0)
    #expect(try tick("29T16:59:40").json["enqueued"] == 1)
    #expect(jobs == ["report-1@20261129T170000Z.json"])
  }

  @Test func `limits come from the schedule, unless nobody is to be killed`() throws {
    try bench.changeMetadata("UPDATE report_schedule SET working_timeout = 60 WHERE id = 1")
    try bench.write(
      "spool.toml", "[superset]\nalert_reports_working_time_out_lag = 30\n")
    var own = variables
    own["SPOOL_CONFIG"] = "\(bench.path)/spool.toml"
    let input = #"{"triggered_at": "2026-11-29T09:00:00Z"}"#
    let preview = try bench.run("reports.scheduler", ["--dry-run"], input: input, own)
    #expect(preview.json["time_limit"] == 90)
    #expect(preview.json["soft_time_limit"] == 61)
    #expect(preview.json["id"] == "report-1@20261129T090000Z")
    try bench.write(
      "spool.toml", "[superset]\nalert_reports_working_time_out_kill = false\n")
    let unlimited = try bench.run("reports.scheduler", ["--dry-run"], input: input, own)
    #expect(unlimited.json["eta"] != nil)
    #expect(unlimited.json["time_limit"] == nil)
    #expect(jobs.isEmpty)
  }

  @Test func `what keeps it from its work is told`() throws {
    let noSpool = try bench.run("reports.scheduler", input: "{}")
    #expect(noSpool.status == Verdict.usage.rawValue)
    let noTime = try bench.run(
      "reports.scheduler", input: #"{"triggered_at": "yesterday"}"#, variables)
    #expect(noTime.status == Verdict.badInput.rawValue)
    _ = try tick("29T08:59:05")
    spool.run("rmdir incoming/reports.execute")
    let noQueue = try tick("29T09:00:05")
    #expect(noQueue.status == Verdict.badConfiguration.rawValue)
    #expect(noQueue.message?.contains("there is no queue reports.execute") == true)
    // Nothing is forgotten over it.
    spool.run("mkdir incoming/reports.execute")
    #expect(try tick("29T09:01:05").json["enqueued"] == 1)
  }

  @Test func `the runs of a tick that was killed are left by the next one`() throws {
    try bench.changeMetadata("UPDATE report_schedule SET active = 1, crontab = '0 9 * * *'")
    _ = try tick("29T08:59:05")
    spool.run("cp state/reports.scheduler/seen seen")
    _ = try tick("29T09:00:05")
    #expect(jobs.count == 3)
    // As after a crash between two jobs, before the tick was noted.
    spool.run(
      """
      mv seen state/reports.scheduler/seen; cd incoming/reports.execute
      rm report-2@*; mv report-3@20261129T090000Z.json .report-3@20261129T090000Z.json.new
      """)
    #expect(try tick("29T09:01:05").json["enqueued"] == 2)
    #expect(jobs.count == 3)
  }
}
