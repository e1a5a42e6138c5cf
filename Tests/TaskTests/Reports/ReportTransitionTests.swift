// SPDX-License-Identifier: MIT
import SpoolTesting
import TaskContract
import Testing

private let python = TestPython.path()

/// The table of transitions, with a database, a query and a mail server: each line's rows as they stand in the log.
@Suite(.enabled(if: python != nil, "needs aiosmtpd from PyPI"))
struct ReportTransitionTests {
  struct Line: CustomTestStringConvertible, Sendable {
    let state: String
    let schedule: Int
    /// What is changed before the run.
    var change: String?
    /// Rows that stand in the log already: state, message, age.
    var log: [(String, String?, Int)] = []
    let rows: [String]
    var verdict = Verdict.ok
    /// Who is told of what.
    var mails: [String] = []

    var testDescription: String { "\(schedule) from \(state): \(rows)" }
  }

  private static let report = ReportBench.chart
  private static let alert = ReportBench.alert
  private static let told = "Error: \(ReportBench.told)"
  private static let busy = "Report Schedule is still working, refusing to re-compute."
  private static let unasked = "An error occurred when running alert query"
  private static let toRecipients = ["ops@example.org"]
  private static let toOwners = ["admin@example.org"]

  static let initial: [Line] = ["Not triggered", "Error"].flatMap { state in
    [
      Line(state: state, schedule: report, rows: ["Working", "Success"], mails: toRecipients),
      Line(state: state, schedule: alert, rows: ["Working", "Success"], mails: toRecipients),
      Line(
        state: state, schedule: alert, change: "sql = 'SELECT 5'",
        rows: ["Working", "Not triggered"]),
      Line(
        state: state, schedule: report, change: "chart_id = 99",
        rows: ["Working", "Error: Chart with id 99 not found", told], verdict: .noInput,
        mails: toOwners),
      Line(
        state: state, schedule: alert, change: "sql = 'SELECT nothing'",
        rows: ["Working", "Error: \(unasked)", told], verdict: .badInput, mails: toOwners),
      Line(
        state: state, schedule: alert, change: "sql = 'SELECT 1, 2'",
        rows: [
          "Working", "Error: Alert query returned more than one column. 2 columns returned", told,
        ], verdict: .badInput, mails: toOwners),
      Line(
        state: state, schedule: alert, change: "sql = 'SELECT 1 UNION SELECT 2'",
        rows: ["Working", "Error: Alert query returned more than one row. 2 rows returned", told],
        verdict: .badInput, mails: toOwners),
      Line(
        state: state, schedule: alert, change: "sql = 'SELECT ''x'''",
        rows: ["Working", "Error: Alert query returned a non-number value.", told],
        verdict: .badInput, mails: toOwners),
      Line(
        state: state, schedule: alert, change: "sql = 'SELECT nothing'",
        log: [("Error", ReportBench.told, 60)], rows: ["Working", "Error: \(unasked)"],
        verdict: .badInput),
    ]
  }

  static let working = [
    Line(
      state: "Working", schedule: report, log: [("Working", nil, 60)],
      rows: ["Working: \(busy)"], verdict: .badInput),
    Line(
      state: "Working", schedule: report, change: "last_eval_dttm = '2026-01-01 00:00:00'",
      log: [("Working", nil, 4000)], rows: ["Error: Report Schedule reached a working timeout."],
      verdict: .badInput),
  ]

  static let successful: [Line] = ["Success", "On Grace"].flatMap { state in
    [
      Line(state: state, schedule: report, rows: ["Success"], mails: toRecipients),
      Line(
        state: state, schedule: report, change: "chart_id = 99",
        rows: ["Error: Chart with id 99 not found", told], verdict: .noInput, mails: toOwners),
      Line(
        state: state, schedule: alert, change: "sql = 'SELECT nothing'",
        log: [("Success", nil, 60)], rows: ["On Grace: Alert fired during grace period."]),
      Line(
        state: state, schedule: alert, log: [("Success", nil, 20_000)],
        rows: ["Working", "Success"], mails: toRecipients),
      Line(
        state: state, schedule: alert, change: "sql = 'SELECT 5'",
        log: [("Success", nil, 20_000)], rows: ["Working", "Not triggered"]),
      Line(
        state: state, schedule: alert, change: "sql = 'SELECT nothing'",
        log: [("Success", nil, 20_000)], rows: ["Working", "Error: \(unasked)", told],
        verdict: .badInput, mails: toOwners),
    ]
  }

  static let strange = [
    Line(state: "Retrying", schedule: report, rows: [], verdict: .badInput)
  ]

  @Test(arguments: initial + working + successful + strange, ReportBench.Source.allCases)
  func `a run leaves the rows of its line`(_ line: Line, _ source: ReportBench.Source) throws {
    let bench = try ReportBench(try #require(python), source)
    try bench.change(line.schedule, "last_state = '\(line.state)'")
    if let change = line.change { try bench.change(line.schedule, change) }
    for (state, message, age) in line.log {
      try bench.log(state, message, secondsAgo: age, of: line.schedule)
    }
    let outcome = try bench.run(line.schedule)
    #expect(outcome.status == line.verdict.rawValue, "\(outcome.log)")
    #expect(try bench.rows(of: line.schedule).dropFirst(line.log.count) == line.rows[...])
    #expect(try bench.addressees == line.mails)
    let last = line.rows.last?.prefix { $0 != ":" } ?? line.state[...]
    #expect(try bench.state(of: line.schedule) == String(last))
  }
}
