// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import TaskContract
import Testing

/// What goes of the logs of alerts and reports, each of which has an age of its own.
struct PruneReportLogTests {
  private func log(
    _ bench: PruneBench, _ id: Int, of schedule: Int, days: Double?, _ state: String = "Success",
    error: String? = nil
  ) throws {
    let time = days.map { "'\(bench.ago($0))'" } ?? "NULL"
    let error = error.map { "'\($0)'" } ?? "NULL"
    try bench.run(
      "INSERT INTO report_execution_log VALUES (\(id), \(time), '\(state)', \(error), \(schedule))")
  }

  @Test(arguments: Backend.here)
  func `each schedule keeps its log for its own time, and without one for ever`(
    _ backend: Backend
  ) throws {
    let bench = try PruneBench(backend)
    try bench.run(
      """
      INSERT INTO report_schedule VALUES (1, true, 'Success', 30), (2, false, 'Error', 90),
        (3, true, 'Success', NULL), (4, true, NULL, 0);
      """)
    for (id, days) in [(1, 29.0), (2, 31), (3, 89), (4, 91)] {
      for schedule in 1...4 { try log(bench, id * 10 + schedule, of: schedule, days: days) }
    }
    try log(bench, 99, of: 1, days: nil)
    let dry = try bench.run("reports.prune_log", ["--dry-run"], input: "{}")
    let lines = try dry.output.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
    #expect(lines.map { $0["rows"] } == [3, 1, 4])
    #expect(lines.map { $0["report_schedule_id"] } == [1, 2, 4])
    #expect(try bench.count(in: "report_execution_log") == 17)

    let outcome = try bench.run("reports.prune_log", input: "{}")
    #expect(outcome.end == .exited(0), "\(outcome.log)")
    #expect(try bench.ids(in: "report_execution_log") == [11, 12, 13, 22, 23, 32, 33, 43, 99])
    #expect(outcome.json["deleted"] == 8)
    #expect(outcome.json["schedules"]?.arrayValue?.map { $0["deleted"] } == [3, 1, 4])
    for (schedule, count) in [(1, 3), (2, 1), (4, 4)] {
      #expect(
        outcome.log.contains("Deleted \(count) logs for report schedule id: \(schedule)\n"))
    }
  }

  /// Without it Superset's next run would find the schedule under way, and never for too long.
  @Test(arguments: Backend.here)
  func `the row by which a run is known to be under way stays`(_ backend: Backend) throws {
    let bench = try PruneBench(backend)
    try bench.run(
      "INSERT INTO report_schedule VALUES (1, true, 'Working', 7), (2, true, 'Success', 7)")
    for schedule in 1...2 {
      try log(bench, schedule * 10, of: schedule, days: 12, "Working")
      try log(bench, schedule * 10 + 1, of: schedule, days: 11, "Success")
      try log(bench, schedule * 10 + 2, of: schedule, days: 10, "Working")
      try log(bench, schedule * 10 + 3, of: schedule, days: 9, "Working", error: "still working")
      try log(bench, schedule * 10 + 4, of: schedule, days: nil, "Working")
    }
    let outcome = try bench.run("reports.prune_log", input: "{}")
    #expect(outcome.end == .exited(0), "\(outcome.log)")
    #expect(try bench.ids(in: "report_execution_log") == [12, 14, 24])
  }

  @Test func `who keeps a log for longer than anybody lives keeps all of it`() throws {
    let bench = try PruneBench(.sqlite)
    try bench.run(
      """
      INSERT INTO report_schedule VALUES (1, true, 'Success', 99999),
        (2, true, 'Success', 9223372036854775807), (3, true, 'Success', 1);
      """)
    for schedule in 1...3 { try log(bench, schedule, of: schedule, days: 3) }
    #expect(try bench.run("reports.prune_log", input: "{}").end == .exited(0))
    #expect(try bench.ids(in: "report_execution_log") == [1, 2])
  }

  @Test(arguments: Backend.here)
  func `what one schedule cannot be rid of keeps no other one's`(_ backend: Backend) throws {
    let bench = try PruneBench(backend)
    try bench.run(
      """
      INSERT INTO report_schedule VALUES (1, true, 'Success', 1), (2, true, 'Success', 1),
        (3, true, 'Success', -5), (4, true, 'Success', 1);
      """)
    for schedule in 1...4 { try log(bench, schedule, of: schedule, days: 3) }
    try bench.run(
      backend == .sqlite
        ? """
        CREATE TRIGGER held BEFORE DELETE ON report_execution_log WHEN old.report_schedule_id = 2
        BEGIN SELECT raise(ABORT, 'it is held'); END
        """
        : """
        CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN IF old.report_schedule_id = 2 THEN RAISE EXCEPTION 'it is held'; END IF; RETURN old; END $$;
        CREATE TRIGGER held BEFORE DELETE ON report_execution_log FOR EACH ROW EXECUTE FUNCTION hold();
        """)
    let outcome = try bench.run("reports.prune_log", input: "{}")
    #expect(outcome.end == .exited(Verdict.badInput.rawValue))
    #expect(try bench.ids(in: "report_execution_log") == [2, 3])
    let message = try #require(outcome.message)
    #expect(message.contains("report schedule 3: log_retention is -5"))
    #expect(message.contains("report schedule 2: it is held"))
    #expect(outcome.log.contains("Deleted 1 logs for report schedule id: 4\n"))
  }
}
