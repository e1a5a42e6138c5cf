// SPDX-License-Identifier: MIT
import Glibc

/// Arithmetic as Python has it; integers that 64 bits cannot hold are refused.
extension Renderer {
  func negated(_ value: TemplateValue) throws(TemplateError) -> TemplateValue {
    if case .real(let number) = value { return .real(-number) }
    guard let number = value.integerValue else { throw badOperand("-", value) }
    return .integer(try Self.checked((0).subtractingReportingOverflow(number)))
  }

  func signed(_ value: TemplateValue) throws(TemplateError) -> TemplateValue {
    if case .real = value { return value }
    guard let number = value.integerValue else { throw badOperand("+", value) }
    return .integer(number)
  }

  private func badOperand(_ sign: String, _ value: TemplateValue) -> TemplateError {
    if case .undefined(let undefined) = value { return undefined.error }
    return .type("bad operand type for unary \(sign): '\(value.typeName)'")
  }

  func calculate(
    _ one: ArithmeticOperator, _ left: TemplateValue, _ right: TemplateValue
  ) throws(TemplateError) -> TemplateValue {
    if case .undefined(let undefined) = left { throw undefined.error }
    if one == .modulo, case .text(let text) = left {
      try budget.step(through: text)
      return try self.text(try PercentFormat(text).text(right, self))
    }
    if case .undefined(let undefined) = right { throw undefined.error }
    if let numbers = (left.integerValue, right.integerValue) as? (Int, Int) {
      return try calculate(one, numbers.0, numbers.1)
    }
    if let number = left.realValue, let other = right.realValue {
      return .real(try calculate(one, number, other))
    }
    return try combine(one, left, right)
  }

  // MARK: numbers

  static func checked(
    _ result: (partialValue: Int, overflow: Bool)
  ) throws(TemplateError) -> Int {
    guard !result.overflow else { throw .limit("an integer does not fit 64 bits") }
    return result.partialValue
  }

  private func calculate(
    _ one: ArithmeticOperator, _ left: Int, _ right: Int
  ) throws(TemplateError) -> TemplateValue {
    switch one {
    case .add: return .integer(try Self.checked(left.addingReportingOverflow(right)))
    case .subtract: return .integer(try Self.checked(left.subtractingReportingOverflow(right)))
    case .multiply: return .integer(try Self.checked(left.multipliedReportingOverflow(by: right)))
    case .divide:
      guard right != 0 else { throw Self.zeroDivision("division by zero") }
      return .real(Double(left) / Double(right))
    case .floorDivide:
      guard right != 0 else { throw Self.zeroDivision("integer division or modulo by zero") }
      let quotient = try Self.checked(left.dividedReportingOverflow(by: right))
      let isBelow = left % right != 0 && (left < 0) != (right < 0)
      return .integer(isBelow ? quotient - 1 : quotient)
    case .modulo:
      guard right != 0 else { throw Self.zeroDivision("integer modulo by zero") }
      return .integer(Self.modulo(left, right))
    case .power: return try power(left, right)
    }
  }

  static func zeroDivision(_ message: String) -> TemplateError {
    TemplateError(.python(.zeroDivision), message)
  }

  /// With the sign of the divisor.
  static func modulo(_ left: Int, _ right: Int) -> Int {
    guard right != -1 else { return 0 }
    let rest = left % right
    return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest
  }

  private func power(_ base: Int, _ exponent: Int) throws(TemplateError) -> TemplateValue {
    guard exponent >= 0 else {
      return .real(try calculate(.power, Double(base), Double(exponent)))
    }
    if base == 0 || base == 1 { return .integer(exponent == 0 ? 1 : base) }
    if base == -1 { return .integer(exponent % 2 == 0 ? 1 : -1) }
    var result = 1
    // 64 factors of two are too many already.
    for _ in 0..<min(exponent, 64) {
      result = try Self.checked(result.multipliedReportingOverflow(by: base))
    }
    return .integer(result)
  }

  private func calculate(
    _ one: ArithmeticOperator, _ left: Double, _ right: Double
  ) throws(TemplateError) -> Double {
    switch one {
    case .add: return left + right
    case .subtract: return left - right
    case .multiply: return left * right
    case .divide:
      guard right != 0 else { throw Self.zeroDivision("float division by zero") }
      return left / right
    case .floorDivide:
      guard right != 0 else { throw Self.zeroDivision("float floor division by zero") }
      let quotient = ((left - Self.modulo(left, right)) / right)
      return quotient == 0 ? quotient : quotient.rounded()
    case .modulo:
      guard right != 0 else { throw Self.zeroDivision("float modulo") }
      return Self.modulo(left, right)
    case .power: return try power(left, right)
    }
  }

  private static func modulo(_ left: Double, _ right: Double) -> Double {
    let rest = left.truncatingRemainder(dividingBy: right)
    if rest == 0 { return right.sign == .minus ? -0.0 : 0.0 }
    return (rest < 0) != (right < 0) ? rest + right : rest
  }

  private func power(_ base: Double, _ exponent: Double) throws(TemplateError) -> Double {
    if base == 0, exponent < 0 {
      throw Self.zeroDivision("0.0 cannot be raised to a negative power")
    }
    let result = pow(base, exponent)
    if result.isNaN, !base.isNaN, !exponent.isNaN { throw .unsupported("a complex number") }
    guard result.isFinite || !base.isFinite || !exponent.isFinite else {
      throw TemplateError(.python(.overflow), "(34, 'Numerical result out of range')")
    }
    return result
  }

  // MARK: texts and containers

  private func combine(
    _ one: ArithmeticOperator, _ left: TemplateValue, _ right: TemplateValue
  ) throws(TemplateError) -> TemplateValue {
    switch (one, left, right) {
    case (.add, .text(let text), .text(let other)): return try self.text(text + other)
    case (.add, .list(let list), .list(let other)): return try self.list(list.items + other.items)
    case (.add, .tuple(let tuple), .tuple(let other)):
      return try self.tuple(tuple.items + other.items)
    case (.add, .text, _), (.add, .list, _), (.add, .tuple, _):
      throw .type(
        "can only concatenate \(left.typeName) (not \"\(right.typeName)\") to \(left.typeName)")
    case (.multiply, _, _): return try multiply(left, right)
    default: throw unsupportedOperands(one, left, right)
    }
  }

  private func multiply(
    _ left: TemplateValue, _ right: TemplateValue
  ) throws(TemplateError) -> TemplateValue {
    if let count = right.integerValue, let result = try repeated(left, count) { return result }
    if let count = left.integerValue, let result = try repeated(right, count) { return result }
    switch (left, right) {
    case (.text, _), (.list, _), (.tuple, _):
      throw .type("can't multiply sequence by non-int of type '\(right.typeName)'")
    case (_, .text), (_, .list), (_, .tuple):
      throw .type("can't multiply sequence by non-int of type '\(left.typeName)'")
    default: throw unsupportedOperands(.multiply, left, right)
    }
  }

  private func repeated(
    _ value: TemplateValue, _ count: Int
  ) throws(TemplateError) -> TemplateValue? {
    switch value {
    case .text(let text): .text(try repeated(text, count))
    case .list(let list): try self.list(try repeated(list.items, count))
    case .tuple(let tuple): try self.tuple(try repeated(tuple.items, count))
    default: nil
    }
  }

  private func repeated(
    _ items: [TemplateValue], _ count: Int
  ) throws(TemplateError) -> [TemplateValue] {
    guard count > 0 else { return [] }
    let (size, overflows) = items.count.multipliedReportingOverflow(by: count)
    try budget.produce(elements: overflows ? .max : size)
    return Array(repeatElement(items, count: count).joined())
  }

  private func unsupportedOperands(
    _ one: ArithmeticOperator, _ left: TemplateValue, _ right: TemplateValue
  ) -> TemplateError {
    .type(
      "unsupported operand type(s) for \(one.shown): '\(left.typeName)' and"
        + " '\(right.typeName)'")
  }
}
