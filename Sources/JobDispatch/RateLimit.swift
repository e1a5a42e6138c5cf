// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SystemCalls

/// Lets a queue's jobs pass at its configured rate: a bucket that fills steadily and holds little.
struct RateLimit {
  /// What may pass at once after a rest; more would be a burst that the rate is there to prevent.
  private static let burst: Duration = .milliseconds(50)

  private var tokens = 1.0
  private var filledAt: Int64?

  /// How many jobs may pass now; `rate` is jobs a second, the clock monotonic.
  mutating func allowance(at rate: Double, now: Int64) -> Int {
    let rest = Double(now - (filledAt ?? now)) / 1e9
    tokens = min(tokens + rest * rate, max(1, rate * (Self.burst / .seconds(1))))
    filledAt = now
    // Rounding must not keep a token from being whole for ever.
    return Int(tokens + 1e-9)
  }

  mutating func pass(_ jobs: Int) { tokens -= Double(jobs) }

  /// When the next job may pass, on the monotonic clock.
  func nextMoment(at rate: Double) -> Int64? {
    guard let filledAt, tokens < 1 else { return nil }
    return filledAt + Int64(((1 - tokens) / rate * 1e9).rounded(.up))
  }
}
