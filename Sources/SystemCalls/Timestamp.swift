// SPDX-License-Identifier: MIT
import Glibc

/// A moment of the wall clock: nanoseconds since 1970-01-01 00:00 UTC.
///
/// From 1677 to 2262: a moment beyond counts as the last or the first of these, whatever a file or a job says.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package init(seconds: Double) {
    let exact = seconds * 1e9
    nanoseconds = Int64(exactly: exact.rounded(.towardZero)) ?? (exact < 0 ? .min : .max)
  }

  init(_ raw: timespec) { self.init(seconds: Int64(raw.tv_sec), nanoseconds: Int64(raw.tv_nsec)) }

  init(seconds: Int64, nanoseconds: Int64) {
    self.nanoseconds = Int64(clamping: Int128(seconds) * 1_000_000_000 + Int128(nanoseconds))
  }

  var raw: timespec {
    let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return rest < 0
      ? timespec(tv_sec: Int(seconds) - 1, tv_nsec: Int(rest) + 1_000_000_000)
      : timespec(tv_sec: Int(seconds), tv_nsec: Int(rest))
  }

  /// Unix time.
  package var seconds: Double { Double(nanoseconds) / 1e9 }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  package static func + (moment: Timestamp, pause: Duration) -> Timestamp {
    Timestamp(
      nanoseconds: Int64(clamping: Int128(moment.nanoseconds) + Int128(pause.nanoseconds)))
  }

  package static func - (moment: Timestamp, pause: Duration) -> Timestamp {
    moment + (.zero - pause)
  }

  package static func - (later: Timestamp, earlier: Timestamp) -> Duration {
    .nanoseconds(later.nanoseconds) - .nanoseconds(earlier.nanoseconds)
  }

  /// ISO 8601 in UTC, to the millisecond: `2026-11-24T00:06:03.120Z`.
  package var iso8601: String {
    var seconds = raw.tv_sec
    var parts = tm()
    gmtime_r(&seconds, &parts)
    // Three stand in each line of the job log: no text is made for each of their numbers.
    var text: [UInt8] = []
    text.reserveCapacity(24)
    Self.append(Int(parts.tm_year) + 1900, 2, "-", to: &text)
    Self.append(Int(parts.tm_mon) + 1, 2, "-", to: &text)
    Self.append(Int(parts.tm_mday), 2, "T", to: &text)
    Self.append(Int(parts.tm_hour), 2, ":", to: &text)
    Self.append(Int(parts.tm_min), 2, ":", to: &text)
    Self.append(Int(parts.tm_sec), 2, ".", to: &text)
    Self.append(raw.tv_nsec / 1_000_000, 3, "Z", to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func append(
    _ number: Int, _ width: Int, _ end: Unicode.Scalar, to text: inout [UInt8]
  ) {
    guard (0..<10_000).contains(number) else {
      text += "\(number)\(end)".utf8
      return
    }
    var divisor = 1000
    for place in (1...4).reversed() {
      if place <= width || number >= divisor {
        text.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      }
      divisor /= 10
    }
    text.append(UInt8(ascii: end))
  }
}

/// Reads the clocks; programs read them in their loop and hand the moment down.
package enum SystemClock {
  package static func now() -> Timestamp { Timestamp(read(CLOCK_REALTIME)) }

  /// Nanoseconds that no setting of the clock changes; for measuring how long something took.
  package static func monotonic() -> Int64 { Timestamp(read(CLOCK_MONOTONIC)).nanoseconds }

  private static func read(_ clock: clockid_t) -> timespec {
    var raw = timespec()
    clock_gettime(clock, &raw)
    return raw
  }
}

extension Duration {
  /// For arithmetic with ``SystemClock/monotonic()``.
  package var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return Int64(clamping: Int128(seconds) * 1_000_000_000 + Int128(attoseconds / 1_000_000_000))
  }
}
