// SPDX-License-Identifier: MIT
import PythonTexts

/// The forms in which printf and `str.format` write a float without its sign.
enum FloatFormat {
  /// - Parameter kind: one of e, f, g, in either case.
  static func text(
    _ number: Double, kind: Character, precision: Int, alternate: Bool = false
  ) -> String {
    let isUpper = kind.isUppercase
    guard number.isFinite else {
      let word = number.isNaN ? "nan" : "inf"
      return isUpper ? word.uppercased() : word
    }
    let text =
      switch kind.lowercased() {
      case "e": exponential(number.magnitude, precision, alternate)
      case "g": general(number.magnitude, precision, alternate)
      default: fixed(number.magnitude, precision, alternate)
      }
    return isUpper ? text.uppercased() : text
  }

  static func fixed(_ number: Double, _ precision: Int, _ alternate: Bool = false) -> String {
    let digits = ExactDecimal.digits(of: number, places: precision)
    let padded = String(repeating: "0", count: max(0, precision + 1 - digits.utf8.count)) + digits
    guard precision > 0 else { return padded + (alternate ? "." : "") }
    return padded.dropLast(precision) + "." + padded.suffix(precision)
  }

  private static func exponential(_ number: Double, _ precision: Int, _ alternate: Bool) -> String {
    let (digits, exponent) = significant(number, precision + 1)
    let text = PythonText.scientific(digits, exponent: exponent)
    guard alternate, precision == 0, let mark = text.firstIndex(of: "e") else { return text }
    return text[..<mark] + "." + text[mark...]
  }

  private static func general(_ number: Double, _ precision: Int, _ alternate: Bool) -> String {
    let precision = max(1, precision)
    var (digits, exponent) = significant(number, precision)
    if !alternate {
      while digits.utf8.count > 1, digits.last == "0" { digits.removeLast() }
    }
    guard (-4..<precision).contains(exponent) else {
      return PythonText.scientific(digits, exponent: exponent)
    }
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
    guard digits.utf8.count > exponent + 1 else {
      return digits + String(repeating: "0", count: exponent + 1 - digits.utf8.count)
    }
    return digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
  }

  /// So many digits, and the power of ten of the first of them.
  private static func significant(
    _ number: Double, _ count: Int
  ) -> (digits: String, exponent: Int) {
    guard number != 0 else { return (String(repeating: "0", count: count), 0) }
    var exponent = PythonText.shortestDigits(number).exponent
    var digits = ExactDecimal.digits(of: number, places: count - 1 - exponent)
    if digits.utf8.count > count {
      // Rounding has carried into a new digit.
      exponent += 1
      digits = ExactDecimal.digits(of: number, places: count - 1 - exponent)
    }
    return (digits, exponent)
  }
}
