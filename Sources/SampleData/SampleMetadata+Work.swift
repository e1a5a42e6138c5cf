// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SystemCalls

extension SampleMetadata {
  /// What the schedules and warm-ups live on: tags, views in the log, reports.
  func fillWork() throws(SQLError) {
    try fillTags()
    try fillLogs()
    try fillReports()
  }

  private func fillTags() throws(SQLError) {
    let tags = ["core", "finance", "sales", "dodo"]
    try insertMade(
      "tag", ["id", "name", "type"],
      zip(1..., tags).map { [.integer($0), .text($1), .text("custom")] })
    let objects = [
      (1, 1, "dashboard"), (1, 2, "chart"), (2, 2, "dashboard"), (3, 2, "dashboard"),
      (4, 2, "dashboard"), (4, 8, "chart"),
    ]
    try insertMade(
      "tagged_object", ["tag_id", "object_id", "object_type"],
      objects.map { [.integer($0), .integer($1), .text($2)] })
  }

  /// The sales are looked at more often than the births, and most of all a month ago.
  private func fillLogs() throws(SQLError) {
    let views = [
      (dashboard: 1, count: 30, daysAgo: 3), (2, 50, 2), (1, 100, 40),
    ]
    let rows = views.flatMap { dashboard, count, days in
      (0..<count).map { view -> [SQLValue] in
        let moment = now + .seconds(-days * 86_400 - view * 60)
        return [
          .text("log"), .integer(1), .integer(dashboard), .text("{}"), .text(Self.text(moment)),
          .integer(10 + view),
        ]
      }
    }
    try insert(
      "logs", ["action", "user_id", "dashboard_id", "json", "dttm", "duration_ms"], rows)
  }

  /// `2026-01-01 00:00:00.000000`, as Superset writes times into SQLite.
  private static func text(_ moment: Timestamp) -> String {
    moment.iso8601.prefix(19).replacing("T", with: " ") + ".000000"
  }

  private func fillReports() throws(SQLError) {
    try insertMade(
      "report_schedule",
      [
        "id", "type", "name", "crontab", "timezone", "active", "report_format", "dashboard_id",
        "chart_id", "database_id", "sql", "validator_type", "validator_config_json", "extra_json",
        "last_state", "log_retention", "grace_period", "working_timeout", "creation_method",
        "force_screenshot",
      ], [dailyReport, weeklyReport, alert])
    let target = SQLValue.json(["target": "ops@example.org"])
    try insertMade(
      "report_recipient", ["report_schedule_id", "type", "recipient_config_json"],
      (1...3).map { [.integer($0), .text("Email"), target] })
    try insert(
      "report_schedule_user", ["user_id", "report_schedule_id"], (1...3).map { pair((1, $0)) })
  }

  private var dailyReport: [SQLValue] {
    [
      .integer(1), .text("Report"), .text("Births every morning"), .text("0 9 * * *"),
      .text("Europe/Moscow"), .flag(true), .text("PNG"), .integer(1), .null, .null, .null, .null,
      .text("{}"),
    ] + Self.settings
  }

  private var weeklyReport: [SQLValue] {
    [
      .integer(2), .text("Report"), .text("Popular names as a table"), .text("30 6 * * 1"),
      .text("UTC"), .flag(false), .text("CSV"), .null, .integer(1), .null, .null, .null,
      .text("{}"),
    ] + Self.settings
  }

  private var alert: [SQLValue] {
    [
      .integer(3), .text("Alert"), .text("Hardly any sales"), .text("*/10 * * * *"), .text("UTC"),
      .flag(true), .text("TEXT"), .null, .integer(6), .integer(1),
      .text("SELECT SUM(sales) AS total FROM sales WHERE ds >= '2024-12-01'"), .text("operator"),
      .json(["op": "<", "threshold": 1]),
    ] + Self.settings
  }

  /// Extra, state, days the log is kept, grace period and working timeout in seconds, and the rest.
  private static let settings: [SQLValue] = [
    .text("{}"), .text("Not triggered"), .integer(90), .integer(14_400), .integer(3_600),
    .text("alerts_reports"), .flag(false),
  ]
}
