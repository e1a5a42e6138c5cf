// SPDX-License-Identifier: MIT

/// Numbers as `d3.format` writes them, in the English of the United States.
struct NumberFormat: Hashable {
  private let specifier: FormatSpecifier
  private let type: Character
  private let precision: Int

  init?(_ text: String) {
    guard let specifier = FormatSpecifier(text) else { return nil }
    self.specifier = specifier
    type = specifier.type ?? "g"
    precision = specifier.precision ?? 6
  }

  func text(_ number: Double) -> String {
    if type == "c" { return assembled("", "", ScriptNumber.text(number) + suffix) }
    var (digits, unit) = number.isNaN ? ("NaN", "") : raw(abs(number))
    if specifier.isTrimmed { digits = Self.trimmed(digits) }
    // What rounds to nothing is no longer negative.
    let isNegative = number < 0 && !Self.isZero(digits)
    var ending = unit + suffix + (isNegative && specifier.sign == "(" ? ")" : "")
    if "defgprs%".contains(type) {
      let whole = digits.prefix { $0.isASCII && $0.isNumber }
      ending = digits.dropFirst(whole.count) + ending
      digits = String(whole)
    }
    return assembled(prefix(isNegative), digits, ending)
  }

  private var suffix: String { "%p".contains(type) ? "%" : "" }

  private func prefix(_ isNegative: Bool) -> String {
    let sign: String =
      if isNegative {
        specifier.sign == "(" ? "(" : "-"
      } else {
        "-(".contains(specifier.sign) ? "" : String(specifier.sign)
      }
    switch specifier.symbol {
    case "$": return sign + "$"
    case "#" where "boxX".contains(type): return sign + "0" + type.lowercased()
    default: return sign
    }
  }

  /// The digits, and the prefix of the SI where the type asks for one.
  private func raw(_ number: Double) -> (digits: String, unit: String) {
    switch type {
    case "%": (ScriptNumber.fixed(number * 100, precision), "")
    case "b": (ScriptNumber.whole(number, radix: 2), "")
    case "d": (ScriptNumber.whole(number, radix: 10), "")
    case "e": (ScriptNumber.exponential(number, precision), "")
    case "f": (ScriptNumber.fixed(number, precision), "")
    case "o": (ScriptNumber.whole(number, radix: 8), "")
    case "p": (Self.rounded(number * 100, precision), "")
    case "r": (Self.rounded(number, precision), "")
    case "s": SIPrefix.text(number, precision)
    case "X": (ScriptNumber.whole(number, radix: 16).uppercased(), "")
    case "x": (ScriptNumber.whole(number, radix: 16), "")
    default: (ScriptNumber.precision(number, precision), "")
    }
  }

  private static func rounded(_ number: Double, _ precision: Int) -> String {
    guard number.isFinite else { return ScriptNumber.text(number) }
    let digits = DecimalDigits(exactly: number).rounded(toSignificant: precision)
    let text = digits.text
    let exponent = digits.exponent
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + text }
    if text.utf8.count > exponent + 1 {
      return text.prefix(exponent + 1) + "." + text.dropFirst(exponent + 1)
    }
    return text + String(repeating: "0", count: exponent + 1 - text.utf8.count)
  }

  /// 1.2000 becomes 1.2, and 1.000e+3 becomes 1e+3.
  static func trimmed(_ text: String) -> String {
    let head = text.prefix { $0 != "e" }
    guard let point = head.firstIndex(of: ".") else { return text }
    var end = head.endIndex
    while end > point, head[head.index(before: end)] == "0" { end = head.index(before: end) }
    if end == head.index(after: point) { end = point }
    return String(head[..<end]) + text.dropFirst(head.count)
  }

  private static func isZero(_ digits: String) -> Bool {
    digits.prefix { $0 != "e" }.allSatisfy { $0 == "0" || $0 == "." }
  }

  private func assembled(_ prefix: String, _ digits: String, _ suffix: String) -> String {
    var digits = digits
    if specifier.isGrouped, !specifier.isZeroed { digits = Self.grouped(digits, width: nil) }
    let length = prefix.count + digits.count + suffix.count
    let missing = max(0, (specifier.width ?? 0) - length)
    var padding = String(repeating: specifier.fill, count: missing)
    if specifier.isGrouped, specifier.isZeroed {
      let width = missing > 0 ? (specifier.width ?? 0) - suffix.count : nil
      digits = Self.grouped(padding + digits, width: width)
      padding = ""
    }
    switch specifier.align {
    case "<": return prefix + digits + suffix + padding
    case "=": return prefix + padding + digits + suffix
    case "^":
      let half = missing / 2
      return padding.prefix(half) + prefix + digits + suffix + padding.dropFirst(half)
    default: return padding + prefix + digits + suffix
    }
  }

  /// Commas between groups of three, no more of them than fit into the width.
  private static func grouped(_ digits: String, width: Int?) -> String {
    let text = Array(digits)
    var groups: [String] = []
    var (end, length, size) = (text.count, 0, 3)
    while end > 0, size > 0 {
      if let width, length + size + 1 > width { size = max(1, width - length) }
      groups.append(String(text[max(0, end - size)..<end]))
      end -= size
      length += size + 1
      if let width, length > width { break }
      size = 3
    }
    return groups.reversed().joined(separator: ",")
  }
}
