// SPDX-License-Identifier: MIT
import JSONValues
import ReportTasks
import SystemCalls
import TaskRuntime

/// Superset's task of this name: one run of an alert or a report.
@main
enum ReportsExecute: TaskProgram {
  static let name = "reports.execute"
  static let summary = "Runs an alert or a report: asks, photographs, tells, and keeps its log"
  static let parameters = ["report_schedule_id"]

  static func run(_ job: JSONValue, _ context: TaskContext) throws(ReportTaskError) -> TaskOutput {
    let job = try ReportJob(job, context.environment, SystemClock.now())
    return try ReportExecution(job, context).output()
  }
}
