// SPDX-License-Identifier: MIT

/// How long to wait after a shortage: a second, then twice as long each time, up to a minute.
package struct RetryPause {
  private static let first: Duration = .seconds(1)
  private static let longest: Duration = .seconds(60)

  /// By the monotonic clock.
  package private(set) var until: Int64 = 0
  private var next = RetryPause.first

  package init() {}

  package mutating func succeed() { self = RetryPause() }

  /// - Returns: the pause that begins now.
  package mutating func fail() -> Duration {
    let pause = next
    until = SystemClock.monotonic() + pause.nanoseconds
    next = min(pause * 2, Self.longest)
    return pause
  }
}
