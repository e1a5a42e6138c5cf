// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

private let python = TestPython.path()

/// Runs that go wrong more than once, or between whose attempts somebody changes the schedule.
@Suite(.enabled(if: python != nil, "needs aiosmtpd from PyPI"))
struct ReportAttemptTests {
  private let bench: ReportBench
  private let schedule = ReportBench.chart
  private let broken =
    "Error: The run broke off: its process is gone, or could not write into this log."

  init() throws { bench = try ReportBench(try #require(python)) }

  private func journal(_ job: String) -> String { "\(bench.state)/\(schedule)/\(job).jsonl" }

  /// Everything that would end a run is refused by the database; what begins one is not.
  private func refuseEnds(_ schedule: Int) throws {
    try bench.bench.changeMetadata(
      """
      CREATE TRIGGER refusal BEFORE INSERT ON report_execution_log
      WHEN NEW.state <> 'Working' AND NEW.report_schedule_id = \(schedule)
      BEGIN SELECT RAISE(ABORT, 'not now'); END
      """)
  }

  @Test func `killed at each of its attempts, a run leaves no schedule at work`() throws {
    try bench.setRecipients(["silent@here.org"], of: schedule)
    for attempt in 1...3 {
      let running = try bench.start(schedule, attempt: attempt)
      while try bench.rows(of: schedule).filter({ $0 == "Working" }).count < attempt {
        usleep(10_000)
      }
      kill(running.process.processIdentifier, SIGKILL)
      _ = try running.wait()
    }
    try bench.setRecipients(["ops@here.org"], of: schedule)
    #expect(try bench.run(schedule, attempt: 4).status == 0)
    #expect(try bench.state(of: schedule) == "Success")
    #expect(try bench.rows(of: schedule).filter { $0.hasPrefix(broken) }.count == 3)
  }

  @Test func `a run that could not write how it ended is told of by the next, and done over`()
    throws
  {
    try refuseEnds(schedule)
    #expect(try bench.run(schedule).status != 0)
    #expect(try bench.state(of: schedule) == "Working")
    // Nor can the next attempt.
    #expect(try bench.run(schedule, attempt: 2).status != 0)
    try bench.bench.changeMetadata("DROP TRIGGER refusal")
    let outcome = try bench.run(schedule, attempt: 3)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(try bench.rows(of: schedule) == ["Working", broken, "Working", "Success"])
    #expect(try bench.addressees == ["ops@example.org"])
  }

  @Test func `another job, too, finds the schedule free after a run that could not write`() throws {
    try refuseEnds(schedule)
    #expect(try bench.run(schedule, job: "a").status != 0)
    try bench.bench.changeMetadata("DROP TRIGGER refusal")
    #expect(try bench.run(schedule, job: "b").status == 0)
    #expect(try bench.rows(of: schedule) == ["Working", broken, "Working", "Success"])
  }

  @Test func `who has been told is known by the address, whatever rows there are`() throws {
    try bench.setRecipients(
      ["one@here.org", "two@here.org full@here.org", "unknown@here.org"], of: schedule)
    #expect(try bench.run(schedule).status == Verdict.tryLater.rawValue)
    // Superset deletes all rows and makes new ones when somebody mends one of them.
    try bench.setRecipients(
      ["three@here.org", "two@here.org", "known@here.org", "one@here.org"], of: schedule)
    let outcome = try bench.run(schedule, attempt: 2)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(
      try bench.addressees == [
        "admin@example.org", "known@here.org", "one@here.org", "three@here.org", "two@here.org",
      ])
  }

  @Test func `one address in two rows is told once for each`() throws {
    try bench.setRecipients(["one@here.org", "one@here.org two@here.org"], of: schedule)
    #expect(try bench.run(schedule).status == 0)
    #expect(try bench.addressees == ["one@here.org", "one@here.org", "two@here.org"])
  }

  @Test func `a failed job that is moved back tells those who were not told`() throws {
    try bench.setRecipients(["one@here.org", "unknown@here.org"], of: schedule)
    #expect(try bench.run(schedule).status == Verdict.badInput.rawValue)
    try bench.setRecipients(["one@here.org", "known@here.org"], of: schedule)
    let outcome = try bench.run(schedule)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(try bench.addressees == ["admin@example.org", "known@here.org", "one@here.org"])
  }

  @Test func `a run that died after its last row has not broken off`() throws {
    #expect(try bench.run(schedule).status == 0)
    let text = try String(contentsOfFile: journal("a"), encoding: .utf8)
    let lines = text.split(separator: "\n").filter { !$0.contains("ended") }
    try lines.map { $0 + "\n" }.joined().write(
      toFile: journal("a"), atomically: true, encoding: .utf8)
    #expect(try bench.run(schedule, attempt: 2).json["state"] == "Success")
    #expect(try bench.rows(of: schedule) == ["Working", "Success"])
    #expect(try bench.addressees == ["ops@example.org"])
  }

  @Test func `a damaged journal keeps no run`() throws {
    #expect(try bench.run(schedule).status == 0)
    for text in ["", "{}", "[1]\n\u{0}", #"{"run": "zz"}"#, #"{"run": 5}"# + "\n"] {
      try text.write(toFile: journal("a"), atomically: true, encoding: .utf8)
      #expect(try bench.run(schedule, attempt: 2).status == 0)
    }
  }

  @Test func `runs of a clock that was wrong keep no alert silent`() throws {
    try bench.change(ReportBench.alert, "last_state = 'Success'")
    for _ in 1...2 { try bench.log("Success", secondsAgo: 20_000, of: ReportBench.alert) }
    try bench.bench.changeMetadata(
      """
      UPDATE report_execution_log SET end_dttm = '2199-01-01 00:00:00.000000'
      WHERE id = (SELECT MIN(id) FROM report_execution_log)
      """)
    #expect(try bench.run(ReportBench.alert, job: "a").json["state"] == "Success")
    #expect(try bench.run(ReportBench.alert, job: "b").json["state"] == "On Grace")
  }

  @Test func `two rows are read of an answer that has a limit of its own`() throws {
    try bench.change(
      ReportBench.alert,
      """
      sql = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) '
        || 'SELECT i FROM n LIMIT 900000000000'
      """)
    let outcome = try bench.run(ReportBench.alert)
    #expect(outcome.message == "Alert query returned more than one row. 2 rows returned")
  }
}
