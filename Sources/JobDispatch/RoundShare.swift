// SPDX-License-Identifier: MIT

/// What one listing may take of a round: so many names, or so long, since files that are not in memory are slow to read.
///
/// The other queues and the workers' refills wait for it.
struct RoundShare {
  static let names = 512
  /// Nanoseconds; a fraction of ``Allowance/horizon``, so that no worker's stock runs out meanwhile.
  static let time: Int64 = 4_000_000

  private var left = Self.names
  private let end: Int64

  /// - Parameter now: the monotonic clock, as below.
  init(at now: Int64) { end = now + Self.time }

  /// Whether one more name may be looked at: always the first.
  mutating func takesOne(at now: Int64) -> Bool {
    guard left == Self.names || (left > 0 && now < end) else { return false }
    left -= 1
    return true
  }
}
