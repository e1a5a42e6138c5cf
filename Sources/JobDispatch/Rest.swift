// SPDX-License-Identifier: MIT

/// How long a queue or a dead worker that something is wrong with is left alone, so that nobody else waits for it: a second,
/// and twice as long after each further failure, up to a minute. Moments are of the monotonic clock.
struct Rest: Hashable {
  private static let first: Int64 = 1_000_000_000
  private static let longest: Int64 = 60_000_000_000
  /// At the end of the dispatcher what has failed for so long is left to the next one.
  private static let patience: Int64 = 10_000_000_000

  let began: Int64
  let until: Int64
  private var pause = Self.first

  /// - Parameter last: the rest before, where it has failed again.
  init(at now: Int64, after last: Rest?) {
    began = last?.began ?? now
    if let last { pause = min(2 * last.pause, Self.longest) }
    until = now + pause
  }

  func isHopeless(at now: Int64) -> Bool { now - began > Self.patience }
}
