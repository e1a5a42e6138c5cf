// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SQLDatabases
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

private let python = TestPython.path()

/// Runs that are killed, that fail for now, or that meet another one: nobody gets a message twice, no schedule is stuck.
@Suite(.enabled(if: python != nil, "needs aiosmtpd from PyPI"))
struct ReportCrashTests {
  private let bench: ReportBench
  private let schedule = ReportBench.chart
  private let broken =
    "Error: The run broke off: its process is gone, or could not write into this log."

  init() throws { bench = try ReportBench(try #require(python)) }

  @Test func `killed at any moment, a run is done over and tells nobody twice`() throws {
    try killRuns(ending: "Success", verdict: .ok)
    #expect(try Set(bench.rows(of: schedule)).isSubset(of: ["Working", "Success", broken, unsure]))
    #expect(try bench.rows(of: schedule).contains(broken))
  }

  @Test func `killed at any moment, a run that fails tells no owner twice`() throws {
    // Without a time of grace the owners are told each time.
    try bench.change(schedule, "chart_id = 99, grace_period = NULL")
    try killRuns(ending: "Error", verdict: .noInput)
  }

  /// - Parameters:
  ///   - ending: how the schedule stands after each.
  ///   - verdict: of attempts that nobody kills.
  private func killRuns(ending: String, verdict: Verdict) throws {
    // As often as a run has milliseconds, here and on a slow machine.
    let clock = ContinuousClock()
    let usual = try clock.measure { _ = try bench.run(schedule, job: "first") }
    for number in 1...25 {
      let job = "job\(number)"
      let sent = try bench.mails.count
      let running = try bench.start(schedule, job: job)
      usleep(UInt32((usual / 20 * number).components.attoseconds / 1_000_000_000_000))
      running.process.terminate(with: SIGKILL)
      let wasKilled = try running.wait().status == -SIGKILL
      // As a worker does it: what died is tried again, as the next attempt.
      if wasKilled {
        #expect(try bench.run(schedule, job: job, attempt: 2).status == verdict.rawValue)
      }
      let rows = try bench.rows(of: schedule)
      #expect(try bench.state(of: schedule) == ending, "\(job): \(rows)")
      // Not twice; and not at all only where the log says that this may be.
      let told = try bench.mails.count - sent
      #expect(told == 1 || (told == 0 && rows.contains { $0.contains("may have been told") }))
    }
  }

  private var unsure: String {
    broken + " Recipient 2 may have been told by a run that broke off, and is not told again."
  }

  @Test func `a message that was under way when the process died is not sent again`() throws {
    try bench.setRecipients(["one@here.org", "silent@here.org", "three@here.org"], of: schedule)
    let running = try bench.start(schedule)
    let journal = "\(bench.state)/\(schedule)/a.jsonl"
    while !((try? String(contentsOfFile: journal, encoding: .utf8)) ?? "").contains(#""201""#) {
      usleep(10_000)
    }
    running.process.terminate(with: SIGKILL)
    _ = try running.wait()
    #expect(try bench.state(of: schedule) == "Working")
    let outcome = try bench.run(schedule, attempt: 2)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.log.contains("Recipient 201 may have been told"))
    #expect(try bench.addressees == ["one@here.org", "three@here.org"])
    #expect(
      try bench.rows(of: schedule) == [
        "Working",
        broken
          + " Recipient 201 may have been told by a run that broke off, and is not told again.",
        "Working", "Success",
      ])
  }

  @Test func `another job finds the schedule free as soon as its run has died`() throws {
    try bench.setRecipients(["silent@here.org"], of: schedule)
    let running = try bench.start(schedule, job: "a")
    while try bench.state(of: schedule) != "Working" { usleep(10_000) }
    running.process.terminate(with: SIGKILL)
    _ = try running.wait()
    try bench.setRecipients(["ops@here.org"], of: schedule)
    #expect(try bench.run(schedule, job: "b").status == 0)
    #expect(try bench.state(of: schedule) == "Success")
    #expect(try bench.rows(of: schedule).filter { $0.hasPrefix(broken) }.count == 1)
    // Said once.
    #expect(try bench.run(schedule, job: "c").status == 0)
    #expect(try bench.rows(of: schedule).filter { $0.hasPrefix(broken) }.count == 1)
  }

  @Test func `those who could not be told for now are told by the next attempt, and they alone`()
    throws
  {
    try bench.setRecipients(
      ["one@here.org", "full@here.org two@here.org", "scanner@here.org", "four@here.org"],
      of: schedule)
    let outcome = try bench.run(schedule)
    #expect(outcome.status == Verdict.tryLater.rawValue)
    #expect(outcome.message?.contains("452") == true, "\(outcome.message ?? "")")
    #expect(try bench.state(of: schedule) == "Error")
    let first = ["admin@example.org", "four@here.org", "one@here.org", "two@here.org"]
    #expect(try bench.addressees == first)
    // The same reason again: the owners know it.
    #expect(try bench.run(schedule, attempt: 2).status == Verdict.tryLater.rawValue)
    #expect(try bench.addressees == first)
    try bench.setRecipients(
      ["one@here.org", "full@here.org two@here.org", "three@here.org", "four@here.org"],
      of: schedule)
    #expect(try bench.run(schedule, attempt: 3).status == Verdict.tryLater.rawValue)
    #expect(try bench.addressees == (first + ["three@here.org"]).sorted())
  }

  @Test func `recipients of another kind are an error for good`() throws {
    try bench.bench.changeMetadata(
      "UPDATE report_recipient SET type = 'Pigeon' WHERE report_schedule_id = 2")
    let outcome = try bench.run(schedule)
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(outcome.json["errors"]?.arrayValue?.first?["status"] == 500)
    #expect(
      outcome.json["errors"]?.arrayValue?.first?["error_type"]
        == "ReportScheduleSystemErrorsException")
    #expect(outcome.message?.contains("Recipient type not supported") == true)
  }

  @Test func `a run that is under way is left alone`() throws {
    try bench.setRecipients(["silent@here.org"], of: schedule)
    let running = try bench.start(schedule, job: "a")
    while try bench.state(of: schedule) != "Working" { usleep(10_000) }
    let outcome = try bench.run(schedule, job: "b")
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(
      outcome.json["errors"]?.arrayValue?.first?["error_type"]
        == "ReportSchedulePreviousWorkingError")
    #expect(
      try bench.rows(of: schedule).last
        == "Working: Report Schedule is still working, refusing to re-compute.")
    running.process.terminate(with: SIGKILL)
    _ = try running.wait()
  }

  @Test func `an attempt after a finished one does nothing`() throws {
    #expect(try bench.run(schedule).status == 0)
    let rows = try bench.rows(of: schedule)
    let outcome = try bench.run(schedule, attempt: 2)
    #expect(outcome.json["state"] == "Success")
    #expect(try bench.rows(of: schedule) == rows)
    #expect(try bench.mails.count == 1)
    // The first attempt of a job with a name that another one had is a run of its own.
    #expect(try bench.run(schedule).status == 0)
    #expect(try bench.mails.count == 2)
  }

  @Test func `the soft limit writes its row, and the owners hear of it`() throws {
    try bench.change(
      ReportBench.alert,
      """
      sql = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n'
      """)
    let running = try bench.start(ReportBench.alert)
    while try bench.state(of: ReportBench.alert) != "Working" { usleep(10_000) }
    running.process.terminate()
    let outcome = try running.wait()
    #expect(outcome.status == Verdict.badInput.rawValue, "\(outcome.log)")
    #expect(
      try bench.rows(of: ReportBench.alert) == [
        "Working", "Error: A timeout occurred while executing the query.",
        "Error: \(ReportBench.told)",
      ])
    #expect(try bench.addressees == ["admin@example.org"])
  }

  @Test func `a log that cannot be written for now is written by the next attempt`() throws {
    try bench.setRecipients(["silent@here.org"], of: schedule)
    let running = try bench.start(schedule)
    let journal = "\(bench.state)/\(schedule)/a.jsonl"
    while !((try? String(contentsOfFile: journal, encoding: .utf8)) ?? "").contains("telling") {
      usleep(10_000)
    }
    // A writer holds the database for longer than anybody waits.
    let writer = try SQLiteBuilder(creating: bench.bench.metadata)
    try writer.run("UPDATE ab_user SET login_count = 1")
    running.process.terminate()
    #expect(try running.wait().status == Verdict.tryLater.rawValue)
    try writer.finish()
    #expect(try bench.state(of: schedule) == "Working")
    try bench.setRecipients(["ops@here.org"], of: schedule)
    #expect(try bench.run(schedule, attempt: 2).status == 0)
    #expect(try bench.state(of: schedule) == "Success")
  }

  @Test func `nobody in whose name it could run is told to the owners`() throws {
    try bench.configure("alert_reports_execute_as = [\"fixed_user:ghost\"]")
    let outcome = try bench.run(schedule)
    #expect(outcome.status == Verdict.noUser.rawValue)
    #expect(try bench.rows(of: schedule).count == 3)
    #expect(try bench.rows(of: schedule)[1].contains("User 'ghost' not found"))
    #expect(try bench.subjects == ["[Report] Error occurred for Report: Popular names as a table"])
  }

  @Test func `without a schedule there is nothing to write`() throws {
    let outcome = try bench.run(99)
    #expect(outcome.status == Verdict.noInput.rawValue)
    #expect(outcome.message == "Report Schedule not found: id 99")
  }

  @Test func `a dry run sends nothing and says so`() throws {
    try bench.configure("alert_reports_notification_dry_run = true")
    let outcome = try bench.run(schedule)
    #expect(outcome.status == 0)
    #expect(outcome.log.contains("Would send notification for alert"))
    #expect(try bench.mails.isEmpty)
    #expect(try bench.rows(of: schedule) == ["Working", "Success"])
  }
}

extension Process {
  fileprivate func terminate(with signal: Int32) { kill(processIdentifier, signal) }
}
