// SPDX-License-Identifier: MIT
import SupersetMetadata
import SystemCalls

/// What is known when a run begins: the schedule, its log, and whether another run is under way.
package struct ReportSituation {
  package let schedule: ReportSchedule
  package let history: ReportHistory
  /// A process works on another run; false also where nobody can tell more than the tables.
  package let isBusy: Bool
  /// When the run began.
  package let now: Timestamp

  package init(
    _ schedule: ReportSchedule, _ history: ReportHistory, isBusy: Bool = false, now: Timestamp
  ) {
    self.schedule = schedule
    self.history = history
    self.isBusy = isBusy
    self.now = now
  }

  /// Nil where it is no state at all.
  var state: ReportState? {
    schedule.lastState.map { ReportState(rawValue: $0) } ?? .notTriggered
  }

  /// Whether the run before has taken longer than it may.
  var hasTimedOut: Bool {
    guard let limit = schedule.workingTimeout, schedule.lastEvaluated != nil,
      let began = history.working
    else { return false }
    return now - .seconds(limit) > began
  }

  /// Whether what an alert finds was told so lately that it is not told again.
  var isInGrace: Bool { isInGrace(since: history.success) }

  /// Whether the owners were told of an error so lately that they are not told again.
  ///
  /// Superset looks for runs that went well before that mail instead of after it, and so tells them each time.
  var isInErrorGrace: Bool {
    guard let told = history.told else { return false }
    if let well = history.well, well > told { return false }
    return isInGrace(since: told)
  }

  private func isInGrace(since moment: Timestamp?) -> Bool {
    guard let moment, let grace = schedule.gracePeriod, grace > 0 else { return false }
    return now - .seconds(grace) < moment
  }
}
