// SPDX-License-Identifier: MIT

/// Decides when log/metrics.prom is written: for what has changed, at most every 15 seconds.
///
/// While jobs wait or run a change is written 15 seconds after it; when the last of them has ended, at once, so that
/// the file shows the end of a short burst. Where the file was written less than 15 seconds before that, once more
/// when they are over. A dispatcher with nothing left to write has no moment at which it would wake.
struct MetricsClock: Hashable {
  /// Nanoseconds; below the interval at which anybody scrapes.
  static let pause: Int64 = 15_000_000_000
  /// Counting takes at most this part of the time, however many jobs there are.
  static let share: Int64 = 50

  private var changed: Int64?
  private var notBefore: Int64 = 0

  mutating func noteChange(at now: Int64) { changed = changed ?? now }

  /// The moment at which to write, on the monotonic clock; nil where nothing has changed.
  func due(isQuiet: Bool) -> Int64? {
    changed.map { max(notBefore, isQuiet ? $0 : $0 + Self.pause) }
  }

  /// What changes from now on is for the next time.
  mutating func begin() { changed = nil }

  mutating func end(at now: Int64, cost: Int64) {
    notBefore = now + max(Self.pause, cost * Self.share)
  }
}
