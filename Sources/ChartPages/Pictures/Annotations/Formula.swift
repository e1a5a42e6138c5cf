// SPDX-License-Identifier: MIT
import Glibc

/// A formula over x, as Superset's annotations have it: `y = 3 * x + 2`.
struct Formula {
  /// Longer ones nobody writes by hand.
  private static let longest = 1000
  private static let deepest = 50

  indirect enum Term {
    case number(Double)
    case x
    case call(Function, Term)
    case pair(Operator, Term, Term)
  }

  enum Function: String {
    case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, log, ln, root, sqrt, exp, abs
  }

  enum Operator: String {
    case power = "^"
    case times = "*"
    case over = "/"
    case remainder = "Mod"
    case plus = "+"
    case minus = "-"
    case equal = "=="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and, or

    /// Superset's evaluator ranks all that it does not know from school with the product.
    var rank: Int {
      switch self {
      case .plus, .minus: 1
      case .power: 3
      default: 2
      }
    }
  }

  private let term: Term

  /// Nil for what is no formula.
  init?(_ text: String) {
    guard text.utf8.count <= Self.longest, let tokens = FormulaToken.list(text) else { return nil }
    var parser = FormulaParser(tokens, deepest: Self.deepest)
    guard let term = parser.formula() else { return nil }
    self.term = term
  }

  /// Nil where it has no value that could be drawn.
  func value(at x: Double) -> Double? {
    let value = Self.value(term, x)
    return abs(value) <= 1e300 ? value : nil
  }

  private static func value(_ term: Term, _ x: Double) -> Double {
    switch term {
    case .number(let number): number
    case .x: x
    case .call(let function, let inner): result(function, value(inner, x))
    case .pair(let sign, let left, let right): result(sign, value(left, x), value(right, x))
    }
  }

  /// Angles are in degrees, as there.
  private static func result(_ function: Function, _ value: Double) -> Double {
    let degree = Double.pi / 180
    return switch function {
    case .sin: Glibc.sin(value * degree)
    case .cos: Glibc.cos(value * degree)
    case .tan: Glibc.tan(value * degree)
    case .asin: Glibc.asin(value) / degree
    case .acos: Glibc.acos(value) / degree
    case .atan: Glibc.atan(value) / degree
    case .sinh: Glibc.sinh(value)
    case .cosh: Glibc.cosh(value)
    case .tanh: Glibc.tanh(value)
    case .log: log10(value)
    case .ln: Glibc.log(value)
    case .root, .sqrt: value.squareRoot()
    case .exp: Glibc.exp(value)
    case .abs: Swift.abs(value)
    }
  }

  private static func result(_ sign: Operator, _ left: Double, _ right: Double) -> Double {
    switch sign {
    case .power: pow(left, right)
    case .times: left * right
    case .over: left / right
    case .remainder: fmod(left, right)
    case .plus: left + right
    case .minus: left - right
    case .equal: left == right ? 1 : 0
    case .less: left < right ? 1 : 0
    case .lessOrEqual: left <= right ? 1 : 0
    case .greater: left > right ? 1 : 0
    case .greaterOrEqual: left >= right ? 1 : 0
    // As in JavaScript, the side that decides.
    case .and: left == 0 ? left : right
    case .or: left == 0 ? right : left
    }
  }
}
