// SPDX-License-Identifier: MIT

extension CivilTime {
  /// `2024`, `2024-01`, `2024-01-02`, with ` ` or `T` and `03:04`, `03:04:05` or `03:04:05.678901`; else nil.
  package init?(_ text: some Sequence<UInt8>) {
    var reader = DigitReader(text)
    guard let year = reader.number(4) else { return nil }
    let month = reader.skip("-") ? reader.number(2) : 1
    let day = reader.skip("-") ? reader.number(2) : 1
    guard let month, let day else { return nil }
    var time: [Int] = []
    var microsecond = 0
    if reader.skip(" ") || reader.skip("T") {
      guard let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2) else {
        return nil
      }
      time = [hour, minute]
      if reader.skip(":") {
        guard let second = reader.number(2) else { return nil }
        time.append(second)
        if reader.skip(".") { microsecond = reader.millionths() }
      }
    }
    guard reader.isAtEnd else { return nil }
    self.init(
      year: year, month: month, day: day, hour: time.first ?? 0,
      minute: time.dropFirst().first ?? 0, second: time.dropFirst(2).first ?? 0,
      microsecond: microsecond)
  }

  package init?(_ text: String) { self.init(text.utf8) }
}

/// Reads fixed numbers of digits, and remembers nothing else.
private struct DigitReader<Bytes: Sequence<UInt8>> {
  private var rest: Bytes.Iterator
  private var next: UInt8?

  init(_ bytes: Bytes) {
    rest = bytes.makeIterator()
    next = rest.next()
  }

  var isAtEnd: Bool { next == nil }

  mutating func number(_ digits: Int) -> Int? {
    var number = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// Any number of digits after a point, cut after the sixth.
  mutating func millionths() -> Int {
    var number = 0
    var unit = 100_000
    while let digit = digit() {
      number += digit * unit
      unit /= 10
    }
    return number
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let byte = next, UInt32(byte) == character.value else { return false }
    next = rest.next()
    return true
  }

  private mutating func digit() -> Int? {
    guard let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      return nil
    }
    next = rest.next()
    return Int(byte) - 48
  }
}
