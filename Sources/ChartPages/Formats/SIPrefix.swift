// SPDX-License-Identifier: MIT

/// The `s` of d3's formats: 1234 as 1.23k.
enum SIPrefix {
  private static let names = [
    "y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y",
  ]

  static func text(_ number: Double, _ precision: Int) -> (digits: String, unit: String) {
    guard number.isFinite else { return (ScriptNumber.text(number), "") }
    let digits = DecimalDigits(exactly: number).rounded(toSignificant: precision)
    let third = max(-8, min(8, Int((Double(digits.exponent) / 3).rounded(.down))))
    let text = digits.text
    let place = digits.exponent - third * 3 + 1
    return (laid(text, place, number, precision), names[third + 8])
  }

  private static func laid(
    _ text: String, _ place: Int, _ number: Double, _ precision: Int
  ) -> String {
    let count = text.utf8.count
    if place == count { return text }
    if place > count { return text + String(repeating: "0", count: place - count) }
    if place > 0 { return text.prefix(place) + "." + text.dropFirst(place) }
    // Below the smallest prefix d3 shows what is left of the digits, and at the end all there are.
    let kept = max(0, precision + place - 1)
    let small =
      kept == 0
      ? DecimalDigits(shortest: number)
      : DecimalDigits(exactly: number).rounded(toSignificant: kept)
    return "0." + String(repeating: "0", count: -place) + small.text
  }
}
