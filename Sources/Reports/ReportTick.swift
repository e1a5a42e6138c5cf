// SPDX-License-Identifier: MIT
import CronTable
import SupersetMetadata
import SystemCalls

/// One look of the scheduler at all schedules: which runs are due in a window of time.
package struct ReportTick {
  /// Unix time, in whole seconds; a run at its end belongs to the next tick.
  package let window: Range<Int>
  /// Runs before this are too late to be made up for.
  package let earliest: Int

  /// - Parameters:
  ///   - seen: up to when runs have been looked for; nil for the first tick.
  ///   - now: Unix time of the tick, which stands for the minute around it.
  ///   - catchUp: seconds.
  package init(after seen: Int?, at now: Double, catchUp: Int) {
    let end = Int(max(-1e12, min(1e12, (now + Self.reach).rounded(.up))))
    let first = end - 2 * Int(Self.reach)
    // As in cron(8): a clock that is set back by more was wrong before; by less, it is waited for.
    let isWrong = seen.map { $0 - end > Self.setBackLimit } ?? true
    window = min(isWrong ? first : seen ?? first, end)..<end
    earliest = end - catchUp
  }

  /// Seconds to each side: a tick a minute leaves nothing out.
  private static let reach = 30.0
  private static let setBackLimit = 3 * 3600

  /// What a tick finds of one schedule.
  package struct Finding: Hashable {
    /// Unix times, in order.
    package var due: [Int] = []
    /// Runs that are left out since they are too late.
    package var missed: DueSpan?
    package var warning: String?
  }

  /// More runs than this of one schedule are not made up for: of one that runs each second, say.
  private static let limit = 4000

  package func finding(of timing: ReportTiming, _ rules: ReportRules) -> Finding {
    var finding = Finding()
    let start = max(window.lowerBound, earliest)
    finding.due = Array(
      rules.schedule.instants(from: start, below: window.upperBound).suffix(Self.limit))
    if window.lowerBound < start {
      finding.missed = DueSpan(rules.schedule, from: window.lowerBound, below: start)
    }
    if rules.fellBackToUTC {
      finding.warning = "Timezone \(timing.timezone) was invalid. Falling back to 'UTC'"
    }
    return finding
  }
}

/// The first and the last run of a time, however many lie between; Unix times.
package struct DueSpan: Hashable {
  package let first: Int
  package let last: Int

  /// Nil where there is none.
  init?(_ schedule: CronSchedule, from start: Int, below end: Int) {
    guard let first = schedule.next(after: start - 1), first < end,
      let last = schedule.previous(before: end)
    else { return nil }
    self.first = first
    self.last = last
  }
}
