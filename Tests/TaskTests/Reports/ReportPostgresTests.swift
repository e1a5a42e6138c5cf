// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

private let python = TestPython.path()

/// The same with Superset's metadata in PostgreSQL: its types, its order, its transactions.
@Suite(
  .enabled(if: PostgresServer.isInstalled, "\(PostgresServer.howToInstall)"),
  .enabled(if: python != nil, "needs aiosmtpd from PyPI"))
struct ReportPostgresTests {
  private let bench: ReportBench
  private let server: PostgresServer
  private let database = "reports_\(UInt32.random(in: 0...UInt32.max))"

  init() throws {
    bench = try ReportBench(try #require(python))
    server = try PostgresServer.shared.get()
    try server.makeDatabase(database)
    try bench.configure("alerts_attach_reports = false")
    try server.run(Self.tables, in: database)
    try server.run(
      """
      INSERT INTO dbs VALUES (1, 'examples', 'sqlite:///\(bench.bench.examples)', NULL, NULL);
      INSERT INTO report_schedule (id, type, name, active, crontab, timezone, sql, chart_id,
        database_id, last_state, validator_type, validator_config_json, grace_period,
        working_timeout, extra_json, report_format)
      VALUES (3, 'Alert', 'Hardly any sales', true, '* * * * *', 'UTC', 'SELECT 0.5', 1, 1,
        'Not triggered', 'operator', '{"op": "<", "threshold": 1}', 14400, 3600, '{}', 'PNG'),
        (4, 'Report', 'Asleep', false, '* * * * *', 'UTC', NULL, 1, NULL, NULL, NULL, NULL, NULL,
        NULL, '{}', 'PNG');

      """, in: database)
  }

  /// As Superset's migrations leave them, as far as reports look at them.
  private static let tables = """
    CREATE TABLE ab_user (id int PRIMARY KEY, username text, active boolean, email text);
    CREATE TABLE ab_role (id int PRIMARY KEY, name text);
    CREATE TABLE ab_user_role (id int PRIMARY KEY, user_id int, role_id int);
    CREATE TABLE dbs (id int PRIMARY KEY, database_name text, sqlalchemy_uri text,
      cache_timeout int, password bytea);
    CREATE TABLE slices (id int PRIMARY KEY, slice_name text, viz_type text, datasource_id int,
      datasource_type text, cache_timeout int, query_context text, params text);
    CREATE TABLE report_schedule (id int PRIMARY KEY, type varchar(50), name varchar(150),
      description text, active boolean, crontab varchar(1000), timezone varchar(100),
      report_format varchar(50), sql text, chart_id int, dashboard_id int, database_id int,
      last_state varchar(50), last_eval_dttm timestamp, last_value double precision,
      last_value_row_json text, validator_type varchar(100), validator_config_json text,
      grace_period int, working_timeout int, extra_json text, force_screenshot boolean,
      custom_width int, custom_height int, email_subject varchar(255), created_by_fk int,
      changed_by_fk int);
    CREATE TABLE report_schedule_user (id int PRIMARY KEY, user_id int, report_schedule_id int);
    CREATE TABLE report_recipient (id int PRIMARY KEY, type varchar(50),
      recipient_config_json text, report_schedule_id int);
    CREATE TABLE report_execution_log (id serial PRIMARY KEY, scheduled_dttm timestamp NOT NULL,
      start_dttm timestamp, end_dttm timestamp, value double precision, value_row_json text,
      state varchar(50) NOT NULL, error_message text, report_schedule_id int, uuid uuid);
    INSERT INTO ab_user VALUES (1, 'admin', true, 'admin@example.org'), (2, 'gone', false, 'g@x');
    INSERT INTO slices VALUES (1, 'Sales', 'table', 1, 'table', NULL, NULL, '{}');
    INSERT INTO report_schedule_user VALUES (1, 2, 3), (2, 1, 3);
    INSERT INTO report_recipient VALUES (1, 'Email', '{"target": "ops@example.org"}', 3);

    """

  private func run(job: String, attempt: Int = 1) throws -> Workbench.Outcome {
    try bench.bench.run(
      "reports.execute", input: #"{"report_schedule_id": 3}"#,
      bench.variables(job: job, attempt: attempt)
        .merging(["SUPERSET_METADATA_URL": server.url(database)]) { $1 })
  }

  /// One text for each row.
  private func query(_ sql: String) throws -> [String] {
    guard case .postgres(let address) = try DatabaseURL(server.url(database), relativeTo: "") else {
      throw SQLError.unsupported(url: "")
    }
    let session = PostgresDatabase.Session(
      program: Workbench.products.appendingPathComponent("spool-postgres").path, environment: [])
    return try PostgresDatabase(address, session).rows(SQLStatement(sql)) { $0[0].textValue ?? "" }
  }

  @Test func `an alert is told, logged and left alone in its time of grace`() throws {
    let job = "0f3dfb0e-9b36-4c3c-8a5e-2c1c0a9f6a11"
    let outcome = try run(job: job)
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.json["value"] == 0.5)
    #expect(try bench.addressees == ["ops@example.org"])
    let rows = """
      SELECT concat_ws(', ', state, value, scheduled_dttm, uuid) FROM report_execution_log ORDER BY id
      """
    #expect(
      try query(rows) == [
        "Working, 2026-11-29 09:00:00, \(job)", "Success, 0.5, 2026-11-29 09:00:00, \(job)",
      ])
    #expect(try run(job: "b").json["state"] == "On Grace")
    #expect(
      try query("SELECT last_state || ' ' || last_value FROM report_schedule WHERE id = 3")
        == ["On Grace 0.5"])
  }

  @Test func `a run that broke off is told of, and one that died after its last row is not`() throws
  {
    #expect(try run(job: "a").status == 0)
    let journal = "\(bench.state)/3/a.jsonl"
    let text = try String(contentsOfFile: journal, encoding: .utf8)
    let lines = text.split(separator: "\n").filter { !$0.contains("ended") }
    try lines.map { $0 + "\n" }.joined().write(toFile: journal, atomically: true, encoding: .utf8)
    #expect(try run(job: "a", attempt: 2).json["state"] == "Success")
    let states = "SELECT state FROM report_execution_log ORDER BY id"
    #expect(try query(states) == ["Working", "Success"])
    try server.run("DELETE FROM report_execution_log WHERE state = 'Success';\n", in: database)
    try lines.map { $0 + "\n" }.joined().write(toFile: journal, atomically: true, encoding: .utf8)
    #expect(try run(job: "a", attempt: 2).json["state"] == "Success")
    #expect(try query(states) == ["Working", "Error", "Working", "Success"])
    #expect(try bench.addressees == ["ops@example.org"])
  }

  @Test func `an error is in the log, and the active owner is told`() throws {
    try server.run("UPDATE report_schedule SET sql = 'SELECT nothing';\n", in: database)
    #expect(try run(job: "a").status == Verdict.badInput.rawValue)
    #expect(try bench.addressees == ["admin@example.org"])
    #expect(try run(job: "b").status == Verdict.badInput.rawValue)
    #expect(try bench.addressees.count == 1)
    let marker =
      "SELECT count(*)::text FROM report_execution_log WHERE error_message = '\(ReportBench.told)'"
    #expect(try query(marker) == ["1"])
  }

  @Test func `the scheduler looks at active schedules alone`() throws {
    let outcome = try bench.bench.run(
      "reports.scheduler", ["--dry-run"], input: #"{"triggered_at": "2026-11-29T09:00:05Z"}"#,
      ["SUPERSET_METADATA_URL": server.url(database)])
    #expect(outcome.status == 0, "\(outcome.log)")
    #expect(outcome.json["id"] == "report-3@20261129T090000Z")
  }
}
