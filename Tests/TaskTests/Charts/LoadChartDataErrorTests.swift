// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SQLDatabases
import TaskContract
import Testing

/// What the executable says and how it exits when it cannot do its work.
struct LoadChartDataErrorTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private func form(
    dataset: Int = 1, columns: String = #"["state"]"#, metrics: String = #"["count"]"#,
    more: String = ""
  ) -> String {
    #"{"datasource":{"id":\#(dataset),"type":"table"},"queries":[{"columns":\#(columns),"metrics":\#(metrics)\#(more)}]}"#
  }

  private func expect(
    _ outcome: Workbench.Outcome, _ verdict: Verdict, _ message: String,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.status == verdict.rawValue, sourceLocation: location)
    #expect(outcome.message == message, sourceLocation: location)
    #expect(outcome.json["status"] == "error", sourceLocation: location)
    #expect(
      outcome.log == "load_chart_data_into_cache: \(message)\n", sourceLocation: location)
  }

  @Test func `errors are told in Superset's words`() throws {
    expect(
      try bench.load(form(columns: #"["nope"]"#)), .badInput,
      "Error: Columns missing in dataset: ['nope']")
    expect(
      try bench.load(form(metrics: #"["nope"]"#)), .badInput,
      "Error: Metric 'nope' does not exist")
    expect(try bench.load(form(columns: "[]", metrics: "[]")), .badInput, "Error: Empty query?")
    expect(try bench.load(form(dataset: 999)), .noInput, "Not found: dataset 999")
    let metric = #"[{"expressionType":"SQL","sqlExpression":"FOO(num)","label":"x"}]"#
    expect(try bench.load(form(metrics: metric)), .badInput, "Error: no such function: FOO")
  }

  @Test func `an unknown, inactive or forbidden user is never everybody`() throws {
    expect(try bench.load(form(), user: "99"), .noUser, "User with id 99 not found")
    let forbidden =
      "This endpoint requires the datasource 1, database or `all_datasource_access` permission"
    expect(try bench.load(form(), user: "3"), .noPermission, forbidden)
    expect(try bench.load(form(), user: "null"), .noPermission, forbidden)
    try bench.changeMetadata("UPDATE ab_user SET active = 0 WHERE id = 1")
    expect(try bench.load(form()), .noUser, "User 'admin' is not active")
  }

  @Test(arguments: [
    "", "{", "[]", "nonsense", "7", #"{"job_metadata": {}}"#, #"{"form_data": 7}"#,
    #"{"form_data": {}}"#, #"{"form_data": {"datasource": "x", "metrics": []}}"#,
    #"{"form_data": {"datasource": {"id": 1}, "queries": 5}}"#, #"{"args": [1, 2, 3]}"#,
  ])
  func `a malformed job is bad input, and says why`(_ input: String) throws {
    let outcome = try bench.run("load_chart_data_into_cache", input: input)
    #expect(outcome.status == Verdict.badInput.rawValue, "\(outcome.log)")
    #expect(outcome.message?.isEmpty == false)
  }

  @Test func `a locked database is tried later`() throws {
    let holder = try SQLiteBuilder(creating: bench.examples)
    try holder.run("COMMIT; BEGIN EXCLUSIVE")
    let outcome = try bench.load(form())
    #expect(outcome.status == Verdict.tryLater.rawValue)
    #expect(outcome.message == "Error: unable to use \(bench.examples): the database is locked")
  }

  @Test func `a missing database is unavailable, and the message names it`() throws {
    try FileManager.default.removeItem(atPath: bench.examples)
    expect(
      try bench.load(form()), .unavailable,
      "Error: unable to open \(bench.examples): no such database")
    try FileManager.default.removeItem(atPath: bench.metadata)
    expect(
      try bench.load(form()), .unavailable, "unable to open \(bench.metadata): no such database")
  }

  @Test func `without a configuration the queue cannot work at all`() throws {
    let outcome = try bench.load(form(), ["SUPERSET_METADATA_URL": ""])
    #expect(outcome.status == Verdict.badConfiguration.rawValue)
    let unknown = try bench.load(
      form(), ["SUPERSET_METADATA_URL": "mysql://me:secret@db/superset"])
    #expect(unknown.status == Verdict.badConfiguration.rawValue)
    #expect(unknown.message == "not supported yet: the database URL mysql://me:***@db/superset")
  }

  @Test func `the soft limit ends the query and is told on the channel`() throws {
    // Minutes of work: every pair of the dataset's rows.
    let metric =
      #"[{"expressionType":"SQL","sqlExpression":"SUM(LENGTH(REPLACE(HEX(ZEROBLOB(2000 + num)), '0', 'ab')))","label":"slow"}]"#
    let running = try bench.start(
      "load_chart_data_into_cache",
      input:
        #"{"job_metadata":{"channel_id":"c","user_id":1},"form_data":\#(form(metrics: metric))}"#)
    // The signal counts from the moment on that it is blocked; before, it would just end the process.
    let status = "/proc/\(running.process.processIdentifier)/status"
    while try String(contentsOfFile: status, encoding: .utf8).contains("SigBlk:\t0000000000000000")
    {
      usleep(1_000)
    }
    running.process.terminate()
    let outcome = try running.wait()
    #expect(outcome.message == "A timeout occurred while loading chart data")
    #expect(outcome.status == Verdict.badInput.rawValue)
    #expect(outcome.json["job_metadata"]?["channel_id"] == "c")
  }
}
