// SPDX-License-Identifier: MIT
import JSONValues
import Pruning
import SQLDatabases
import SupersetTasks
import SystemCalls
import TaskRuntime

/// A task that takes the old rows of one table away, by whatever name it is called.
package protocol TablePruneTask: TaskProgram where Failure == PruneTaskError {
  static var table: PrunedTable { get }
}

extension TablePruneTask {
  package static var parameters: [String] { ["retention_period_days", "max_rows_per_run"] }
  package static var flags: [(name: String, effect: String)] { PruneRun.flags }

  package static func run(
    _ job: JSONValue, _ context: TaskContext
  ) throws(PruneTaskError) -> TaskOutput {
    let (retention, limit) = (try retention(in: job), try limit(in: job))
    let run = try PruneRun(context)
    let rows = PrunedRows(of: table, before: retention.end(at: run.now), limit: limit)
    do {
      let finding = try run.find(rows)
      guard !run.isDry else { return TaskOutput(lines: [finding.line]) }
      run.log("Total rows to be deleted: \(finding.count.grouped)")
      let gone = try run.prune(finding)
      run.log("Pruning complete: \(gone.grouped) rows deleted in \(run.minutes)")
      return TaskOutput([
        "table": .string(table.name), "deleted": .integer(gone), "older_than": .string(rows.end),
        "is_complete": .bool(!finding.isLimited), "seconds": .double(run.seconds),
      ])
    } catch { throw run.failure(error) }
  }

  private static func retention(in job: JSONValue) throws(PruneTaskError) -> Retention {
    guard let value = job["retention_period_days"], !value.isNull else { throw .noRetention }
    guard let retention = value.doubleValue.flatMap(Retention.init(days:)) else {
      throw .badArgument(
        "retention_period_days", value: value.text, expected: "a number of days from 0 to 36500")
    }
    return retention
  }

  private static func limit(in job: JSONValue) throws(PruneTaskError) -> Int? {
    guard let value = job["max_rows_per_run"], !value.isNull else { return nil }
    guard let limit = value.integerValue, limit > 0 else {
      throw .badArgument(
        "max_rows_per_run", value: value.text, expected: "a number of rows above 0")
    }
    return limit
  }
}

extension PruneRun {
  static var flags: [(name: String, effect: String)] {
    [(name: "dry-run", effect: "print what would go, an object a line, and delete nothing")]
  }

  /// All or an error: there is nothing beside it that could go on.
  fileprivate func prune(_ finding: PruneFinding) throws(SQLError) -> Int {
    var (gone, failure) = (0, SQLError?.none)
    try prune([finding]) { (gone, failure) = ($1, $2) }
    if let failure { throw failure }
    return gone
  }

  /// `03:07`
  fileprivate var minutes: String {
    let (minutes, seconds) = Int(seconds).quotientAndRemainder(dividingBy: 60)
    return [minutes, seconds].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
  }
}

extension PruneFinding {
  /// For `--dry-run`.
  var line: String {
    var members: JSONObject = ["table": .string(table)]
    if let owner = rows.owner { members["report_schedule_id"] = .integer(owner) }
    members["rows"] = .integer(count)
    members["older_than"] = .string(rows.end)
    members["oldest"] = oldest.map(JSONValue.string) ?? .null
    members["newest"] = newest.map(JSONValue.string) ?? .null
    return JSONValue.object(members).text
  }
}
