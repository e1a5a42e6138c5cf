// SPDX-License-Identifier: MIT

/// A word, a number or a sign of a formula.
enum FormulaToken: Hashable {
  case number(Double)
  case word(String)
  case sign(Formula.Operator)
  case open, close

  private static let signs: [Formula.Operator] = [
    .equal, .lessOrEqual, .greaterOrEqual, .less, .greater, .power, .times, .over, .plus, .minus,
  ]

  /// Nil where something else stands there; of an equation what is behind its first sign.
  static func list(_ text: String) -> [FormulaToken]? {
    var tokens: [FormulaToken] = []
    var rest = Substring(text)
    var isEquation = false
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if let sign = signs.first(where: { rest.hasPrefix($0.rawValue) }) {
        tokens.append(.sign(sign))
        rest.removeFirst(sign.rawValue.count)
      } else if first == "=" {
        if isEquation { return tokens }
        (isEquation, tokens) = (true, [])
        rest.removeFirst()
      } else {
        guard let token = next(&rest, first) else { return nil }
        tokens.append(token)
      }
    }
    return tokens
  }

  private static func next(_ rest: inout Substring, _ first: Character) -> FormulaToken? {
    switch first {
    case "(":
      rest.removeFirst()
      return .open
    case ")":
      rest.removeFirst()
      return .close
    case "0"..."9", ".":
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest.removeFirst(digits.count)
      return Double(digits).map(Self.number)
    default:
      let word = rest.prefix { $0.isASCII && $0.isLetter }
      guard !word.isEmpty else { return nil }
      rest.removeFirst(word.count)
      return Formula.Operator(rawValue: String(word)).map(Self.sign) ?? .word(String(word))
    }
  }
}
