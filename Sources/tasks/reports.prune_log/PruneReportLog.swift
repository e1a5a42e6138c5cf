// SPDX-License-Identifier: MIT
import JSONValues
import PruningTasks
import TaskRuntime

/// Superset's task of this name: prunes the log of each report schedule that says for how long it is kept.
@main
enum PruneReportLog: TaskProgram {
  static let name = "reports.prune_log"
  static let summary =
    "Deletes what report schedules have logged longer ago than they want to keep it"
  static let parameters: [String] = []
  static let flags = ReportPrune.flags

  static func run(_ job: JSONValue, _ context: TaskContext) throws(PruneTaskError) -> TaskOutput {
    try ReportPrune.run(context)
  }
}
