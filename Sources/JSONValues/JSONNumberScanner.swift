// SPDX-License-Identifier: MIT

/// Follows the characters of a number of RFC 8259, however many there are, in constant memory.
struct JSONNumberScanner {
  private enum Part {
    case start, minus, zero, integer, point, fraction, exponent, exponentSign, exponentDigits
  }

  private var part = Part.start

  /// Whether what has been taken is a number.
  var isComplete: Bool {
    switch part {
    case .zero, .integer, .fraction, .exponentDigits: true
    case .start, .minus, .point, .exponent, .exponentSign: false
    }
  }

  /// False where the byte cannot be the number's next character; then nothing has been taken.
  mutating func take(_ byte: UInt8) -> Bool {
    guard let next = part(after: byte) else { return false }
    part = next
    return true
  }

  private func part(after byte: UInt8) -> Part? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): partAfterDigit(isZero: byte == UInt8(ascii: "0"))
    case UInt8(ascii: "-") where part == .start: .minus
    case UInt8(ascii: "-"), UInt8(ascii: "+"): part == .exponent ? .exponentSign : nil
    case UInt8(ascii: "."): part == .zero || part == .integer ? .point : nil
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      part == .zero || part == .integer || part == .fraction ? .exponent : nil
    default: nil
    }
  }

  private func partAfterDigit(isZero: Bool) -> Part? {
    switch part {
    case .start, .minus: isZero ? .zero : .integer
    // Nothing but a point or an exponent follows a leading zero.
    case .zero: nil
    case .integer: .integer
    case .point, .fraction: .fraction
    case .exponent, .exponentSign, .exponentDigits: .exponentDigits
    }
  }
}
