// SPDX-License-Identifier: MIT

/// Numbers as pandas reads them from CSV: quickly, so that the last digit is not always the nearest
/// one.
enum CSVNumber {
  /// Digits that are read; those behind them only move the point.
  private static let mostDigits = 17

  /// Beyond this everything is nothing, or no number.
  private static let farthest = 1_000_000_000

  private static let powers: [Double] = (0...308).map { Double("1e\($0)") ?? .infinity }

  /// Nil for a text that is no number.
  static func real(_ text: String) -> Double? {
    let trimmed = text.trimmingBlanks
    if let infinite = infinite(trimmed.lowercased()) { return infinite }
    var rest = Array(trimmed.utf8)[...]
    let isNegative = readSign(&rest)
    guard var (number, exponent) = mantissa(&rest) else { return nil }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      let isDown = readSign(&rest)
      let digits = rest.prefix(while: isDigit)
      guard !digits.isEmpty, let power = Int(String(decoding: digits, as: UTF8.self)) else {
        return nil
      }
      let reach = min(power, farthest)
      exponent += isDown ? -reach : reach
      rest = rest.dropFirst(digits.count)
    }
    guard rest.isEmpty, exponent <= 308 else { return nil }
    number = scaled(isNegative ? -number : number, exponent)
    return number.isFinite ? number : nil
  }

  private static func infinite(_ word: String) -> Double? {
    switch word {
    case "inf", "+inf", "infinity", "+infinity": .infinity
    case "-inf", "-infinity": -.infinity
    default: nil
    }
  }

  private static func scaled(_ number: Double, _ exponent: Int) -> Double {
    if exponent >= 0 { return number * powers[exponent] }
    guard exponent < -308 else { return number / powers[-exponent] }
    return -308 - exponent <= 308 ? number / powers[-308 - exponent] / powers[308] : 0
  }

  private static func mantissa(_ rest: inout ArraySlice<UInt8>) -> (Double, Int)? {
    var (number, count, exponent) = (0.0, 0, 0)
    while let byte = rest.first, isDigit(byte) {
      if count < mostDigits {
        number = number * 10 + Double(byte - 0x30)
        count += 1
      } else {
        exponent += 1
      }
      rest.removeFirst()
    }
    guard rest.first == UInt8(ascii: ".") else { return count == 0 ? nil : (number, exponent) }
    rest.removeFirst()
    while let byte = rest.first, isDigit(byte) {
      if count < mostDigits {
        number = number * 10 + Double(byte - 0x30)
        count += 1
        exponent -= 1
      }
      rest.removeFirst()
    }
    return count == 0 ? nil : (number, exponent)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func readSign(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else {
      return false
    }
    rest.removeFirst()
    return first == UInt8(ascii: "-")
  }
}
