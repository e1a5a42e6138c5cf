// SPDX-License-Identifier: MIT
import SystemCalls

/// What the clock remembers of a line, besides what its stamp says.
struct ClockLine {
  var line: ScheduledLine
  /// When it was read for the first time; what came due before is none of its runs.
  let seen: Int
  /// Up to when it has been dealt with; nil before its stamp was looked at.
  var until: Int?
  /// The first run after that; nil where there is none.
  private(set) var nextRun: Int?
  /// Nothing is tried before this, on the monotonic clock.
  var pausedUntil: Int64 = 0
  private var pause = firstPause
  /// That its queue is missing has been said.
  var hasComplained = false

  /// Before a drop that failed is tried again; doubled up to the limit.
  static let firstPause: Duration = .seconds(1)
  static let pauseLimit: Duration = .seconds(60)

  init(_ line: ScheduledLine, seen: Int) {
    self.line = line
    self.seen = seen
  }

  /// The same line as it stands in the crontab now: elsewhere, or with rules of its zone that have changed.
  mutating func use(_ line: ScheduledLine) {
    self.line = line
    nextRun = until.flatMap { line.schedule.next(after: $0) }
  }

  mutating func settle(until instant: Int) {
    until = instant
    nextRun = line.schedule.next(after: instant)
    pause = Self.firstPause
  }

  /// - Returns: the pause.
  mutating func fail() -> Duration {
    let now = pause
    pausedUntil = SystemClock.monotonic() + now.nanoseconds
    pause = min(pause * 2, Self.pauseLimit)
    return now
  }

  mutating func wait(for time: Duration) {
    pausedUntil = SystemClock.monotonic() + time.nanoseconds
  }

  mutating func tryAgain() {
    pausedUntil = 0
    pause = Self.firstPause
  }
}
