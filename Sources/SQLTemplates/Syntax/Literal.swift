// SPDX-License-Identifier: MIT

/// A constant of a template, or of a parameter's default.
package enum Literal: Sendable, Hashable {
  case none
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  case text(String)

  package var value: TemplateValue {
    switch self {
    case .none: .none
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .text(let text): .text(text)
    }
  }
}

extension Literal: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral, ExpressibleByNilLiteral
{
  package init(stringLiteral text: String) { self = .text(text) }
  package init(integerLiteral number: Int) { self = .integer(number) }
  package init(floatLiteral number: Double) { self = .real(number) }
  package init(booleanLiteral flag: Bool) { self = .boolean(flag) }
  package init(nilLiteral: ()) { self = .none }
}
