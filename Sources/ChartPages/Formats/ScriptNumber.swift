// SPDX-License-Identifier: MIT

/// Numbers written as JavaScript writes them, which d3 builds upon.
enum ScriptNumber {
  /// `String(x)`.
  static func text(_ number: Double) -> String {
    guard number.isFinite else {
      return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
    }
    guard number != 0 else { return "0" }
    let digits = DecimalDigits(shortest: abs(number))
    let sign = number < 0 ? "-" : ""
    if digits.exponent < -6 || digits.exponent >= 21 { return sign + exponential(digits) }
    let count = digits.digits.count
    guard digits.point < count else {
      return sign + digits.text + String(repeating: "0", count: digits.point - count)
    }
    return sign + digits.fixed(decimals: count - digits.point)
  }

  /// `x.toFixed(decimals)` of a number that is not negative.
  static func fixed(_ number: Double, _ decimals: Int) -> String {
    guard number.isFinite, number < 1e21 else { return text(number) }
    return DecimalDigits(exactly: number).rounded(toDecimals: decimals).fixed(decimals: decimals)
  }

  /// `x.toExponential(decimals)` of a number that is not negative.
  static func exponential(_ number: Double, _ decimals: Int) -> String {
    guard number.isFinite else { return text(number) }
    return exponential(DecimalDigits(exactly: number).rounded(toSignificant: decimals + 1))
  }

  /// `x.toPrecision(count)` of a number that is not negative.
  static func precision(_ number: Double, _ count: Int) -> String {
    guard number.isFinite else { return text(number) }
    let digits = DecimalDigits(exactly: number).rounded(toSignificant: count)
    if digits.exponent < -6 || digits.exponent >= count { return exponential(digits) }
    return digits.fixed(decimals: count - 1 - digits.exponent)
  }

  /// `Math.round(x).toString(radix)` of a number that is not negative, for 2, 8, 10 and 16.
  static func whole(_ number: Double, radix: Int) -> String {
    let rounded = (number + 0.5).rounded(.down)
    guard radix != 10, rounded.isFinite else { return text(rounded) }
    if let exact = UInt64(exactly: rounded) { return String(exact, radix: radix) }
    // Beyond 64 bits a double is a whole number that ends in zero bits.
    let shift = Int(rounded.exponent) - 52
    let bits =
      String(UInt64(rounded.significand * 0x1p52), radix: 2)
      + String(repeating: "0", count: shift)
    return grouped(bits, by: radix == 2 ? 1 : radix == 8 ? 3 : 4)
  }

  private static func grouped(_ bits: String, by size: Int) -> String {
    let padding = (size - bits.utf8.count % size) % size
    let all = Array((String(repeating: "0", count: padding) + bits).utf8)
    return stride(from: 0, to: all.count, by: size).map { start in
      let value = all[start..<start + size].reduce(0) { $0 * 2 + Int($1 - 48) }
      return String(value, radix: 16)
    }.joined()
  }

  private static func exponential(_ digits: DecimalDigits) -> String {
    let text = digits.digits.isEmpty ? "0" : digits.text
    let count = digits.exponent
    return text.prefix(1) + (text.utf8.count > 1 ? "." + text.dropFirst() : "")
      + "e" + (count < 0 ? "-" : "+") + String(abs(count))
  }
}
