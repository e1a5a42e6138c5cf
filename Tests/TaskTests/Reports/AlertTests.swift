// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import TaskContract
import Testing

private let python = TestPython.path()

/// What alerts ask, and what is kept of the answer.
@Suite(.enabled(if: python != nil, "needs aiosmtpd from PyPI"))
struct AlertTests {
  private let bench: ReportBench
  private let alert = ReportBench.alert

  init() throws { bench = try ReportBench(try #require(python)) }

  private func kept() throws -> [String] {
    try bench.read(
      """
      SELECT coalesce(value, 'none') || ' ' || coalesce(value_row_json, 'none')
      FROM report_execution_log WHERE report_schedule_id = ? ORDER BY id
      """, alert
    ) { $0[0].textValue ?? "" }
  }

  @Test(arguments: [
    ("SELECT 0.25", "0.25 none"), ("SELECT '0.25'", "0.25 none"), ("SELECT NULL", "0.0 none"),
    ("SELECT 1 WHERE 1 = 2", "0.0 none"), ("SELECT -3; ", "-3.0 none"),
    ("SELECT 0 -- LIMIT 5", "0.0 none"), ("WITH a AS (SELECT 0) SELECT * FROM a", "0.0 none"),
    ("SELECT num FROM (SELECT 0 AS num LIMIT 5) LIMIT 1", "0.0 none"),
  ])
  func `the value is in the row of the run`(_ sql: String, _ value: String) throws {
    try bench.change(alert, "sql = '\(sql.replacing("'", with: "''"))'")
    #expect(try bench.run(alert).json["state"] == "Success")
    #expect(try kept() == ["none none", value])
  }

  @Test func `of what is not null the text is kept`() throws {
    try bench.change(alert, "sql = 'SELECT ''зима''', validator_type = 'not null'")
    #expect(try bench.run(alert).json["value_row_json"] == "зима")
    #expect(try kept() == ["none none", "none зима"])
    try bench.change(alert, "sql = 'SELECT NULL', last_state = 'Error'")
    #expect(try bench.run(alert, job: "b").json["state"] == "Not triggered")
    #expect(try kept().last == "none None")
  }

  @Test func `a template is rendered where templates are switched on`() throws {
    try bench.change(alert, "sql = 'SELECT {{ 1 - 1 }} -- {{ current_username() }}'")
    #expect(try bench.run(alert).status == Verdict.badInput.rawValue)
    try bench.configure("enable_template_processing = true")
    #expect(try bench.run(alert, job: "b").json["state"] == "Success")
  }

  @Test(arguments: [
    "DELETE FROM birth_names", "SELECT 0; DELETE FROM birth_names", "PRAGMA user_version = 5", "",
    "SELECT load_extension('x')",
  ])
  func `SQL that does anything but ask is an error`(_ sql: String) throws {
    try bench.change(alert, "sql = '\(sql.replacing("'", with: "''"))'")
    #expect(try bench.run(alert).status == Verdict.badInput.rawValue)
    #expect(
      try bench.rows(of: alert)[1] == "Error: An error occurred when running alert query")
  }

  @Test func `a query that fails is tried as often as the settings say`() throws {
    try bench.configure("alert_reports_query_execution_max_tries = 2")
    try bench.change(alert, "sql = 'SELECT nowhere'")
    let outcome = try bench.run(alert)
    #expect(outcome.log.contains("try 1 of 2"))
    #expect(outcome.message?.contains("no such column: nowhere") == true)
    #expect(try bench.rows(of: alert).count == 3)
  }
}
