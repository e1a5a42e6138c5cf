// SPDX-License-Identifier: MIT

/// Numbers read from texts, as Python's `int` and `float` read them.
enum Numbers {
  /// A float without what is behind its point.
  static func integer(_ number: Double) throws(TemplateError) -> Int {
    guard !number.isNaN else { throw .value("cannot convert float NaN to integer") }
    guard !number.isInfinite else {
      throw TemplateError(.python(.overflow), "cannot convert float infinity to integer")
    }
    guard let whole = Int(exactly: number.rounded(.towardZero)) else {
      throw .limit("an integer does not fit 64 bits")
    }
    return whole
  }

  /// - Returns: nil where it is no integer of this base.
  static func integer(_ text: String, base: Int = 10) throws(TemplateError) -> Int? {
    guard base == 0 || (2...36).contains(base) else { return nil }
    var digits = text.scalars.stripped()[...]
    var isNegative = false
    if let sign = digits.first, sign == "-" || sign == "+" {
      isNegative = sign == "-"
      digits.removeFirst()
    }
    var radix = base == 0 ? 10 : base
    var hasPrefix = false
    if digits.count > 1, digits.first == "0", let own = prefixes[digits[digits.startIndex + 1]],
      base == 0 || base == own
    {
      radix = own
      digits = digits.dropFirst(2)
      hasPrefix = true
    }
    guard let plain = withoutUnderscores(digits, mayBegin: hasPrefix) else { return nil }
    guard plain.allSatisfy({ value(of: $0, radix) != nil }) else { return nil }
    if base == 0, !hasPrefix, plain.first == "0", plain.contains(where: { $0 != "0" }) {
      return nil
    }
    guard let number = Int((isNegative ? "-" : "") + String(plain), radix: radix) else {
      throw .limit("an integer does not fit 64 bits")
    }
    return number
  }

  private static let prefixes: [Unicode.Scalar: Int] = [
    "x": 16, "X": 16, "o": 8, "O": 8, "b": 2, "B": 2,
  ]

  private static func value(of digit: Unicode.Scalar, _ radix: Int) -> Int? {
    guard digit.isASCII else { return nil }
    return Int(String([digit]), radix: radix)
  }

  /// The digits without single underscores between them; nil where one stands elsewhere, or no digit is there.
  private static func withoutUnderscores(
    _ digits: ArraySlice<Unicode.Scalar>, mayBegin: Bool = false
  ) -> Scalars? {
    var plain: Scalars = []
    var wasDigit = mayBegin
    for digit in digits {
      if digit == "_" {
        guard wasDigit else { return nil }
        wasDigit = false
      } else {
        plain.append(digit)
        wasDigit = true
      }
    }
    return wasDigit && !plain.isEmpty ? plain : nil
  }
}
