// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import SQLDatabases
import SpoolTesting
import SystemCalls
import Testing

/// Reports of the sample data, with a mail server that takes what they send; `full@…` is refused for now, `unknown@…` for good.
final class ReportBench {
  /// The sample's: a dashboard's picture, a chart as CSV, an alert with a table.
  static let dashboard = 1
  static let chart = 2
  static let alert = 3
  static let told = "Notification sent with error"

  let bench: Workbench
  let server: TestServer
  let state: String

  /// Where Superset's metadata come from: made here, or a real Superset's, whose schedules have the same numbers and kinds.
  enum Source: CaseIterable, Sendable { case sample, recorded }

  init(_ python: String, _ source: Source = .sample) throws {
    bench = try Workbench()
    if source == .recorded { try Self.putRecorded(in: bench) }
    server = try TestServer(
      script: "\(#filePath.parentPath)/../../NotificationsTests/server/mail_server.py", ["plain"],
      python: python)
    state = "\(bench.path)/state"
    try configure("")
    // The alert always finds something.
    try bench.changeMetadata("UPDATE report_schedule SET sql = 'SELECT 0' WHERE id = 3")
  }

  private static func putRecorded(in bench: Workbench) throws {
    let recorded = "\(#filePath.parentPath)/../../GoldenTests/recorded/metadata.sql.xz"
    let shell = Shell(directory: bench.path)
    let script = try #require(shell.run("xz -dc '\(recorded)'"))
    try FileManager.default.removeItem(atPath: bench.metadata)
    let builder = try SQLiteBuilder(creating: bench.metadata)
    try builder.run(script)
    try builder.finish()
    try bench.changeMetadata(
      """
      UPDATE ab_user SET email = 'admin@example.org' WHERE id = 1;
      UPDATE report_recipient SET recipient_config_json = '{"target": "ops@example.org"}'
      """)
  }

  func configure(_ more: String) throws {
    try bench.write(
      "spool.toml",
      """
      [superset]
      smtp_host = "127.0.0.1"
      smtp_port = \(server.port)
      smtp_starttls = false
      \(more)

      """)
  }

  func variables(job: String, attempt: Int = 1) -> [String: String] {
    [
      "SPOOL_STATE": state, "SPOOL_JOB_ID": job, "SPOOL_ATTEMPT": "\(attempt)",
      "SPOOL_CONFIG": "\(bench.path)/spool.toml", "SPOOL_ETA": "2026-11-29T09:00:00.000Z",
    ]
  }

  func start(_ schedule: Int, job: String = "a", attempt: Int = 1) throws -> Running {
    try bench.start(
      "reports.execute", input: #"{"report_schedule_id": \#(schedule)}"#,
      variables(job: job, attempt: attempt))
  }

  func run(_ schedule: Int, job: String = "a", attempt: Int = 1) throws -> Workbench.Outcome {
    try start(schedule, job: job, attempt: attempt).wait()
  }

  /// Of the log, from the first: its state, and what it says.
  func rows(of schedule: Int) throws -> [String] {
    try read(
      "SELECT state, error_message FROM report_execution_log WHERE report_schedule_id = ? ORDER BY id",
      schedule
    ) { row in row[0].textValue.map { $0 + (row[1].textValue.map { ": \($0)" } ?? "") } ?? "" }
  }

  func state(of schedule: Int) throws -> String? {
    try read("SELECT last_state FROM report_schedule WHERE id = ?", schedule) {
      $0[0].textValue ?? ""
    }.first
  }

  func read<Element>(
    _ sql: String, _ schedule: Int, _ make: (any SQLRow) -> Element
  ) throws -> [Element] {
    try SQLiteDatabase(readingFrom: bench.metadata).rows(
      SQLStatement(sql, .integer(schedule)), make)
  }

  func change(_ schedule: Int, _ assignments: String) throws {
    try bench.changeMetadata("UPDATE report_schedule SET \(assignments) WHERE id = \(schedule)")
  }

  /// Who gets what the schedule sends, each a row of its own.
  func setRecipients(_ addresses: [String], of schedule: Int) throws {
    try bench.changeMetadata("DELETE FROM report_recipient WHERE report_schedule_id = \(schedule)")
    for (index, address) in addresses.enumerated() {
      try bench.changeMetadata(
        """
        INSERT INTO report_recipient (id, report_schedule_id, type, recipient_config_json)
        VALUES (\(100 * schedule + index), \(schedule), 'Email', '{"target": "\(address)"}')
        """)
    }
  }

  /// A row of an earlier run.
  func log(_ state: String, _ message: String? = nil, secondsAgo: Int, of schedule: Int) throws {
    try bench.changeMetadata(
      """
      INSERT INTO report_execution_log (report_schedule_id, scheduled_dttm, start_dttm, end_dttm,
        state, error_message)
      SELECT \(schedule), moment, moment, moment, '\(state)', \(message.map { "'\($0)'" } ?? "NULL")
      FROM (SELECT strftime('%Y-%m-%d %H:%M:%f', 'now', '-\(secondsAgo) seconds') AS moment)
      """)
  }

  var mails: [JSONValue] { get throws { try server.kept("mails") } }

  /// Who got a mail, a line for each.
  var addressees: [String] {
    get throws {
      try mails.flatMap { $0["recipients"]?.arrayValue ?? [] }.compactMap(\.stringValue).sorted()
    }
  }

  var subjects: [String] {
    get throws { try mails.compactMap { $0["headers"]?["Subject"]?.stringValue } }
  }
}
