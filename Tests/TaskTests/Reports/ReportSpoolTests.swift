// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SpoolTesting
import TaskContract
import Testing

private let python = TestPython.path()

/// Reports in a running spool: the scheduler's jobs, a worker that dies, a person's command.
@Suite(.enabled(if: python != nil, "needs aiosmtpd from PyPI"))
struct ReportSpoolTests {
  private let bench: ReportBench
  private let spool: TestSpool
  private let schedule = ReportBench.chart

  init() throws {
    bench = try ReportBench(try #require(python))
    try bench.change(schedule, "active = 1, crontab = '* * * * *'")
    try bench.bench.changeMetadata("UPDATE report_schedule SET active = 0 WHERE id <> 2")
    let settings = try String(contentsOfFile: "\(bench.bench.path)/spool.toml", encoding: .utf8)
    let metadata = bench.bench.metadata
    func task(_ name: String) -> String {
      """
      export SUPERSET_METADATA_URL='sqlite:///\(metadata)'
      exec '\(Workbench.products.appendingPathComponent(name).path)' "$@"
      """
    }
    spool = try TestSpool(
      [
        "reports.scheduler": task("reports.scheduler"), "reports.execute": task("reports.execute"),
      ],
      configuration: settings + """
        [queues."reports.execute"]
        resident = true
        workers = 1
        retry_pause = "100ms"
        [queues."reports.scheduler"]
        workers = 1

        """)
  }

  @Test func `from the tick to the mail, each run once`() throws {
    try spool.start()
    // Of a minute that is over, so that nothing has to be waited for.
    let tick = #"{"triggered_at": "2026-11-29T09:00:05Z"}"#
    for name in ["a", "b"] {
      try spool.put(tick, at: "incoming/reports.scheduler/\(name).json")
      #expect(spool.waits { spool.exists("results/reports.scheduler/\(name).json") })
    }
    let name = "report-2@20261129T090000Z"
    #expect(
      spool.waits { spool.exists("results/reports.execute/\(name).json") },
      "\(spool.read("errors/reports.execute/\(name).error") ?? "")")
    let result = try JSONValue(parsing: spool.read("results/reports.execute/\(name).json") ?? "")
    #expect(result["state"] == "Success")
    #expect(result["scheduled_dttm"] == "2026-11-29 09:00:00.000000")
    #expect(try bench.mails.count == 1)
    #expect(try bench.rows(of: schedule) == ["Working", "Success"])
    // Its journal stands where the task remembers things, and the lock with it.
    #expect(
      spool.names(in: "state/reports.execute/2").sorted() == ["lock", "\(name).jsonl"])
  }

  @Test func `a worker that dies with a run leaves it to the next one`() throws {
    try bench.setRecipients(["one@here.org", "silent@here.org"], of: schedule)
    try spool.start()
    try spool.put(#"{"report_schedule_id": 2}"#, at: "incoming/reports.execute/r.json")
    let journal = "state/reports.execute/2/r.jsonl"
    #expect(spool.waits { spool.read(journal)?.contains(#""telling":"201""#) == true })
    spool.run("kill -9 $(cat active/reports.execute@1/.lock)")
    #expect(
      spool.waits { spool.exists("results/reports.execute/r.json") },
      "\(spool.read("errors/reports.execute/r.error") ?? "")")
    #expect(try bench.addressees == ["one@here.org"])
    let rows = try bench.rows(of: schedule)
    #expect(rows.first == "Working")
    #expect(rows.contains { $0.contains("The run broke off") && $0.contains("Recipient 201") })
    #expect(rows.last == "Success")
  }

  private func reports(_ arguments: [String]) throws -> Workbench.Outcome {
    try bench.bench.run(
      "spool", ["--spool", spool.root, "reports"] + arguments, input: "")
  }

  @Test func `spool reports lists, tries and runs`() throws {
    try bench.change(ReportBench.dashboard, "crontab = 'now and then', active = 1")
    try bench.log("Error", "nothing doing", secondsAgo: 60, of: ReportBench.dashboard)
    try bench.change(ReportBench.dashboard, "last_state = 'Error'")
    try bench.change(ReportBench.alert, "name = printf('%.10000c', 'x')")
    let list = try reports([])
    #expect(list.status == 0, "\(list.log)")
    let lines = list.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[1].contains("Error") && lines[1].hasSuffix("nothing doing"))
    #expect(lines[1].contains("now and then"))
    #expect(lines[2].contains("never ran"))
    #expect(lines[3].contains("inactive") && lines[3].contains("xxx..."))
    #expect(lines.allSatisfy { $0.count < 400 })

    let place = "\(bench.bench.path)/look"
    let trial = try reports(["run", "2", "--dry-run", "--output", place])
    #expect(trial.status == 0, "\(trial.log)")
    let mail = try String(contentsOfFile: "\(place)/recipient-2-mail.eml", encoding: .utf8)
    #expect(mail.contains("Subject: [Report] Popular names as a table: "))
    #expect(try bench.mails.isEmpty)
    #expect(try bench.rows(of: schedule).isEmpty)

    try spool.start()
    let run = try reports(["run", "2"])
    #expect(run.status == 0, "\(run.log)")
    #expect(run.json["state"] == "Success")
    #expect(try bench.mails.count == 1)
    #expect(try reports(["run", "99"]).status == Verdict.noInput.rawValue)
    #expect(try reports(["run", "99", "--dry-run"]).status == Verdict.noInput.rawValue)
    #expect(try reports(["walk"]).status == Verdict.usage.rawValue)
  }
}
