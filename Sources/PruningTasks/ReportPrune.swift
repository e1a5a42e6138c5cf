// SPDX-License-Identifier: MIT
import JSONValues
import Pruning
import SQLDatabases
import TaskContract
import TaskRuntime

/// Takes away what report schedules have logged longer ago than each of them wants to keep it.
package enum ReportPrune {
  package static var flags: [(name: String, effect: String)] { PruneRun.flags }

  package static func run(_ context: TaskContext) throws(PruneTaskError) -> TaskOutput {
    let run = try PruneRun(context)
    var failures: [PruneTaskError.ScheduleFailure] = []
    var documents: [JSONValue] = []
    var gone = 0
    do {
      let findings = try find(run, &failures)
      guard !run.isDry else { return TaskOutput(lines: findings.map(\.line)) }
      try run.prune(findings) { finding, count, error in
        let schedule = finding.rows.owner ?? 0
        run.log("Deleted \(count) logs for report schedule id: \(schedule)")
        gone += count
        documents.append(document(finding, count))
        if let error { failures.append(failure(of: schedule, error)) }
      }
    } catch { throw run.failure(error) }
    guard failures.isEmpty else { throw .schedules(failures) }
    return TaskOutput([
      "table": .string(PrunedTable.reports.name), "deleted": .integer(gone),
      "schedules": .array(documents), "seconds": .double(run.seconds),
    ])
  }

  private static func find(
    _ run: PruneRun, _ failures: inout [PruneTaskError.ScheduleFailure]
  ) throws(SQLError) -> [PruneFinding] {
    var findings: [PruneFinding] = []
    for schedule in try PrunedSchedule.all(in: run.reader) {
      guard let rows = schedule.oldRows(at: run.now) else {
        let reason = "log_retention is \(schedule.retention), and no number of days"
        failures.append(.init(id: schedule.id, reason: reason, verdict: .badInput))
        continue
      }
      do { findings.append(try run.find(rows)) } catch {
        if error.concernsAll { throw error }
        failures.append(failure(of: schedule.id, error))
      }
    }
    return findings
  }

  private static func failure(
    of schedule: Int, _ error: SQLError
  ) -> PruneTaskError.ScheduleFailure {
    .init(id: schedule, reason: "\(error)", verdict: PruneTaskError.database(error).verdict)
  }

  private static func document(_ finding: PruneFinding, _ count: Int) -> JSONValue {
    [
      "report_schedule_id": .integer(finding.rows.owner ?? 0), "deleted": .integer(count),
      "older_than": .string(finding.rows.end),
    ]
  }
}
