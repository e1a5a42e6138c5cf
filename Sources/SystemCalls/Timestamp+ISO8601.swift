// SPDX-License-Identifier: MIT
import Glibc

extension Timestamp {
  /// A moment as ISO 8601 writes it: `2030-01-02T03:04:05.250+02:00`; without an offset it is UTC, as Celery reads it.
  ///
  /// The date alone means its midnight. Nil for anything else, for the 30th of February as well.
  package init?(iso8601 text: String) {
    var reader = DigitReader(text)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
      reader.skip("-"), let day = reader.number(2)
    else { return nil }
    var hour = 0
    var minute = 0
    var second = 0
    var nanosecond = 0
    var offset = 0
    if !reader.isAtEnd {
      guard reader.skip("T") || reader.skip("t") || reader.skip(" "),
        let hours = reader.number(2), reader.skip(":"), let minutes = reader.number(2)
      else { return nil }
      (hour, minute) = (hours, minutes)
      if reader.skip(":") {
        guard let seconds = reader.number(2) else { return nil }
        second = seconds
        if reader.skip(".") || reader.skip(",") {
          guard let fraction = reader.fraction() else { return nil }
          nanosecond = fraction
        }
      }
      guard let seconds = reader.offset() else { return nil }
      offset = seconds
    }
    guard reader.isAtEnd, hour < 24, minute < 60, second < 61 else { return nil }
    var parts = tm()
    parts.tm_year = CInt(year - 1900)
    parts.tm_mon = CInt(month - 1)
    parts.tm_mday = CInt(day)
    parts.tm_hour = CInt(hour)
    parts.tm_min = CInt(minute)
    parts.tm_sec = CInt(second)
    let seconds = timegm(&parts)
    // timegm(3) carries days that a month does not have into the next one.
    guard parts.tm_mday == CInt(day), parts.tm_mon == CInt(month - 1) else { return nil }
    self.init(seconds: Int64(seconds - offset), nanoseconds: Int64(nanosecond))
  }
}

/// Reads the pieces of a date one after another.
private struct DigitReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(_ digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// Nanoseconds, from one digit to nine; further digits are dropped.
  mutating func fraction() -> Int? {
    guard var value = digit() else { return nil }
    var count = 1
    while let digit = digit() {
      count += 1
      if count <= 9 { value = value * 10 + digit }
    }
    for _ in count..<max(count, 9) { value *= 10 }
    return value
  }

  /// Seconds east of Greenwich; 0 where nothing stands.
  mutating func offset() -> Int? {
    if isAtEnd || skip("Z") || skip("z") { return 0 }
    let isWest = rest.first == UInt8(ascii: "-")
    guard skip("+") || skip("-"), let hours = number(2) else { return nil }
    _ = skip(":")
    let minutes = isAtEnd ? 0 : number(2)
    guard let minutes, hours < 24, minutes < 60 else { return nil }
    return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  private mutating func digit() -> Int? {
    guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      return nil
    }
    rest.removeFirst()
    return Int(byte - UInt8(ascii: "0"))
  }
}
