// SPDX-License-Identifier: MIT

extension CeleryInstant {
  /// What `isoformat()` writes and Celery reads: `2030-01-02T03:04:05.250000+02:00`, `Z`, or UTC where no offset stands.
  ///
  /// A date alone means its midnight. Nil for anything else.
  package init?(iso8601 text: String) {
    self.init(iso8601: text, naive: true)
  }

  /// - Parameter naive: false where a time without an offset is not one.
  init?(iso8601 text: String, naive: Bool) {
    var reader = DigitReader(text)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
      reader.skip("-"), let day = reader.number(2),
      let days = Self.days(year: year, month: month, day: day)
    else { return nil }
    var time: Int64 = 0
    var isNaive = true
    if !reader.isAtEnd {
      guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let clock = reader.clock()
      else { return nil }
      isNaive = reader.isAtEnd
      guard let offset = reader.offset() else { return nil }
      time = clock - offset
    }
    guard reader.isAtEnd, naive || !isNaive else { return nil }
    self.init(microseconds: Int64(days) * 86_400_000_000 + time)
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

  /// Microseconds since midnight; seconds and their fraction may be missing.
  mutating func clock() -> Int64? {
    guard let hours = number(2), skip(":"), let minutes = number(2) else { return nil }
    var seconds = 0
    var fraction = 0
    if skip(":") {
      guard let number = number(2) else { return nil }
      seconds = number
      if skip(".") || skip(",") {
        guard let digits = microseconds() else { return nil }
        fraction = digits
      }
    }
    guard hours < 24, minutes < 60, seconds < 60 else { return nil }
    return Int64((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + Int64(fraction)
  }

  /// Microseconds east of Greenwich; 0 where nothing stands.
  mutating func offset() -> Int64? {
    if isAtEnd || skip("Z") || skip("z") { return 0 }
    let isWest = rest.first == UInt8(ascii: "-")
    guard skip("+") || skip("-"), let hours = number(2) else { return nil }
    var parts = [hours, 0, 0]
    for index in 1...2 where !isAtEnd {
      _ = skip(":")
      guard let part = number(2) else { return nil }
      parts[index] = part
    }
    guard hours < 24, parts[1] < 60, parts[2] < 60 else { return nil }
    return Int64((parts[0] * 60 + parts[1]) * 60 + parts[2]) * (isWest ? -1_000_000 : 1_000_000)
  }

  /// From one digit to six; further digits are dropped.
  private mutating func microseconds() -> Int? {
    guard var value = digit() else { return nil }
    var count = 1
    while let digit = digit() {
      count += 1
      if count <= 6 { value = value * 10 + digit }
    }
    for _ in count..<max(count, 6) { value *= 10 }
    return value
  }

  private mutating func digit() -> Int? {
    guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      return nil
    }
    rest.removeFirst()
    return Int(byte - UInt8(ascii: "0"))
  }
}
