// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls
import TaskRuntime

/// Superset's task of this name: leaves a job for each run of an alert or a report that is due.
@main
enum ReportsScheduler: TaskProgram {
  static let name = "reports.scheduler"
  static let summary = "Leaves a job for each run of an alert or a report that is due"
  static let parameters = ["triggered_at"]
  static let flags = [
    (name: "dry-run", effect: "print the jobs of this minute, and leave none")
  ]

  static func run(_ job: JSONValue, _ context: TaskContext) throws(SchedulerError) -> TaskOutput {
    let scheduler = try ReportScheduler(context, at: try moment(job))
    return context.has(flag: "dry-run") ? try scheduler.preview() : try scheduler.output()
  }

  /// The clock's, unless the job names another one.
  private static func moment(_ job: JSONValue) throws(SchedulerError) -> Timestamp {
    guard let value = job["triggered_at"], !value.isNull else { return SystemClock.now() }
    guard let moment = value.stringValue.flatMap(Timestamp.init(iso8601:)) else {
      throw .noMoment
    }
    return moment
  }
}
