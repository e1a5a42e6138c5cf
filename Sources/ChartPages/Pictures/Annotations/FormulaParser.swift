// SPDX-License-Identifier: MIT

/// Reads the words of a formula: signs by their rank, and a product also without its sign, as `2x`.
struct FormulaParser {
  private var rest: ArraySlice<FormulaToken>
  private var room: Int

  /// - Parameter deepest: how many brackets and signs may stand within each other.
  init(_ tokens: [FormulaToken], deepest: Int) {
    rest = tokens[...]
    room = deepest
  }

  /// Nil where something is missing or left over.
  mutating func formula() -> Formula.Term? {
    guard let term = sum(above: 0), rest.isEmpty else { return nil }
    return term
  }

  private mutating func sum(above rank: Int) -> Formula.Term? {
    guard room > 0 else { return nil }
    room -= 1
    defer { room += 1 }
    guard var left = factor() else { return nil }
    while let sign = sign(), sign.rank > rank {
      if case .sign? = rest.first { rest.removeFirst() }
      guard let right = sum(above: sign.rank) else { return nil }
      left = .pair(sign, left, right)
    }
    return left
  }

  /// Between two values without a sign there is a product.
  private func sign() -> Formula.Operator? {
    switch rest.first {
    case .sign(let sign): sign
    case .number, .word, .open: .times
    case .close, nil: nil
    }
  }

  private mutating func factor() -> Formula.Term? {
    guard room > 0, let token = rest.popFirst() else { return nil }
    room -= 1
    defer { room += 1 }
    switch token {
    case .number(let number): return .number(number)
    case .sign(.minus): return sum(above: 2).map { .pair(.minus, .number(0), $0) }
    case .sign(.plus): return sum(above: 2)
    case .open:
      guard let term = sum(above: 0), rest.popFirst() == .close else { return nil }
      return term
    case .word("x"): return .x
    case .word("pi"): return .number(.pi)
    case .word("e"): return .number(2.718281828459045)
    case .word(let name):
      guard let function = Formula.Function(rawValue: name), rest.first == .open else { return nil }
      return factor().map { .call(function, $0) }
    case .sign, .close: return nil
    }
  }
}
