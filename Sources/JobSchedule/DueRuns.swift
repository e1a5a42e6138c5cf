// SPDX-License-Identifier: MIT
import CronTable

/// What is to be done about a line at a moment: a pure decision.
struct DueRuns: Hashable {
  /// Instants whose jobs are to be dropped, in order.
  var drops: [Int] = []
  /// The first and the last of the runs that are left out since they are too late.
  var missed: ClosedRange<Int>?

  /// A run is no later than this while the clock lives, and after a short restart; all such runs are dropped.
  static let promptness = 60
  /// As in cron(8): a clock that is set back by more was wrong before; by less, it is waited for.
  static let setBackLimit = 3 * 3600

  /// - Parameters:
  ///   - until: up to when the line has been dealt with.
  ///   - catchUp: seconds for which the last missed run is made up for.
  init(_ schedule: CronSchedule, after until: Int, at now: Int, catchUp: Int) {
    guard let last = schedule.previous(before: now + 1), last > until else { return }
    let prompt = now - Self.promptness
    if last > prompt {
      drops = schedule.instants(from: max(until, prompt) + 1, below: now + 1)
    } else if now - last <= catchUp {
      drops = [last]
    }
    // What is left out lies before what is dropped, or is everything.
    guard let first = schedule.next(after: until), first < drops.first ?? .max,
      let end = schedule.previous(before: drops.first ?? now + 1)
    else { return }
    missed = first...end
  }
}
