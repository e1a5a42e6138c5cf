// SPDX-License-Identifier: MIT
import JSONValues
import Reports
import SystemCalls
import TaskContract
import TaskRuntime

/// Which run of which schedule a job asks for.
package struct ReportJob: Hashable {
  package let schedule: Int
  /// When the run was due.
  package let scheduled: Timestamp
  /// Whether that was said; else it is the time at which the run begins.
  let isTimed: Bool
  /// The job's id; nil without a spool.
  let job: String?
  let attempt: Int

  /// - Throws: ``ReportTaskError/malformed(reason:)``
  package init(
    _ job: JSONValue, _ environment: TaskEnvironment, _ now: Timestamp
  ) throws(ReportTaskError) {
    guard let schedule = job["report_schedule_id"]?.integerValue else {
      throw .malformed(reason: "report_schedule_id is no number")
    }
    self.schedule = schedule
    self.job = environment[.jobID]
    attempt = environment[.attempt].flatMap(Int.init) ?? 1
    let text = job["scheduled_dttm"]?.stringValue ?? environment[.eta]
    isTimed = text != nil
    guard let text else {
      scheduled = now
      return
    }
    guard let moment = Timestamp(iso8601: text) else {
      throw .malformed(reason: "scheduled_dttm is no time")
    }
    scheduled = moment
  }
}
