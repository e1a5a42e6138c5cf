// SPDX-License-Identifier: MIT

/// d3's words for a number's form: `[[fill]align][sign][symbol][0][width][,][.precision][~][type]`.
struct FormatSpecifier: Hashable {
  /// Wider than any number; what asks for more gets this.
  private static let widest = 400

  var fill: Character = " "
  var align: Character = ">"
  var sign: Character = "-"
  var symbol: Character?
  var isZeroed = false
  var width: Int?
  var isGrouped = false
  var precision: Int?
  var isTrimmed = false
  var type: Character?

  /// Nil for what d3 calls an invalid format.
  init?(_ text: String) {
    var rest = Array(text)[...]
    if rest.count > 1, Self.isAlign(rest[rest.startIndex + 1]) {
      fill = rest.removeFirst()
      align = rest.removeFirst()
    } else if let first = rest.first, Self.isAlign(first) {
      align = rest.removeFirst()
    }
    if let first = rest.first, "+-( ".contains(first) { sign = rest.removeFirst() }
    if let first = rest.first, "$#".contains(first) { symbol = rest.removeFirst() }
    isZeroed = rest.take("0")
    width = Self.number(&rest)
    isGrouped = rest.take(",")
    if rest.take(".") {
      guard let digits = Self.number(&rest) else { return nil }
      precision = digits
    }
    isTrimmed = rest.take("~")
    if let last = rest.first, last == "%" || last.isASCII && last.isLetter {
      type = rest.removeFirst()
    }
    guard rest.isEmpty else { return nil }
    settle()
  }

  /// Aliases: `n` is `,g`, and without a type, or with one that is none, `.12~g`.
  private mutating func settle() {
    if type == "n" {
      isGrouped = true
      type = "g"
    } else if !(type.map("%bcdefgoprsXx".contains) ?? false) {
      precision = precision ?? 12
      isTrimmed = true
      type = "g"
    }
    if isZeroed || (fill == "0" && align == "=") {
      isZeroed = true
      fill = "0"
      align = "="
    }
    width = width.map { min($0, Self.widest) }
    let given = precision ?? 6
    precision = "gprs".contains(type ?? "g") ? max(1, min(21, given)) : max(0, min(20, given))
  }

  private static func isAlign(_ character: Character) -> Bool { "<>=^".contains(character) }

  private static func number(_ rest: inout ArraySlice<Character>) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    return Int(String(digits)) ?? widest
  }
}

extension ArraySlice<Character> {
  fileprivate mutating func take(_ character: Character) -> Bool {
    guard first == character else { return false }
    removeFirst()
    return true
  }
}
