// SPDX-License-Identifier: MIT
import PythonTexts

/// Operators, from the loosest to the tightest.
extension TemplateParser {
  static let constants: Set = ["true", "false", "none", "True", "False", "None"]

  mutating func parseExpression(
    withConditional: Bool = true
  ) throws(TemplateError) -> Expression {
    try enter()
    defer { leave() }
    return withConditional ? try parseConditionalExpression() : try parseOr()
  }

  private mutating func parseConditionalExpression() throws(TemplateError) -> Expression {
    var line = stream.current.line
    var value = try parseOr()
    while try stream.skip(name: "if") {
      let test = try parseOr()
      var otherwise: Expression?
      if try stream.skip(name: "else") {
        try enter()
        defer { leave() }
        otherwise = try parseConditionalExpression()
      }
      value = try make(.conditional(test: test, then: value, otherwise: otherwise), at: line)
      line = stream.current.line
    }
    return value
  }

  private mutating func parseOr() throws(TemplateError) -> Expression {
    var line = stream.current.line
    var left = try parseAnd()
    while try stream.skip(name: "or") {
      left = try make(.or(left, try parseAnd()), at: line)
      line = stream.current.line
    }
    return left
  }

  private mutating func parseAnd() throws(TemplateError) -> Expression {
    var line = stream.current.line
    var left = try parseNot()
    while try stream.skip(name: "and") {
      left = try make(.and(left, try parseNot()), at: line)
      line = stream.current.line
    }
    return left
  }

  private mutating func parseNot() throws(TemplateError) -> Expression {
    guard stream.current.isName("not") else { return try parseComparison() }
    try enter()
    defer { leave() }
    let line = try stream.next().line
    return try make(.not(try parseNot()), at: line)
  }

  private mutating func parseComparison() throws(TemplateError) -> Expression {
    var line = stream.current.line
    let left = try parseSum()
    var operands: [(sign: ComparisonOperator, right: Expression)] = []
    while let one = try takeComparison() {
      operands.append((one, try parseSum()))
      line = stream.current.line
    }
    return operands.isEmpty ? left : try make(.comparison(left, operands), at: line)
  }

  private mutating func takeComparison() throws(TemplateError) -> ComparisonOperator? {
    switch stream.current.kind {
    case .eq, .ne, .lt, .lteq, .gt, .gteq:
      return ComparisonOperator(rawValue: try stream.next().kind.rawValue)
    case .name where try stream.skip(name: "in"): return .isIn
    case .name where stream.current.text == "not":
      guard try stream.look().isName("in") else { return nil }
      try stream.next()
      try stream.next()
      return .isNotIn
    default: return nil
    }
  }

  private mutating func parseSum() throws(TemplateError) -> Expression {
    var line = stream.current.line
    var left = try parseConcatenation()
    while stream.current.kind == .add || stream.current.kind == .sub {
      let one: ArithmeticOperator = try stream.next().kind == .add ? .add : .subtract
      left = try make(.arithmetic(one, left, try parseConcatenation()), at: line)
      line = stream.current.line
    }
    return left
  }

  private mutating func parseConcatenation() throws(TemplateError) -> Expression {
    let line = stream.current.line
    var parts = [try parseProduct()]
    while try stream.skip(.tilde) { parts.append(try parseProduct()) }
    return parts.count == 1 ? parts[0] : try make(.concatenation(parts), at: line)
  }

  private mutating func parseProduct() throws(TemplateError) -> Expression {
    var line = stream.current.line
    var left = try parsePower()
    while let one = ArithmeticOperator(product: stream.current.kind) {
      try stream.next()
      left = try make(.arithmetic(one, left, try parsePower()), at: line)
      line = stream.current.line
    }
    return left
  }

  /// In Jinja it goes from left to right, and a sign before it binds tighter.
  private mutating func parsePower() throws(TemplateError) -> Expression {
    var line = stream.current.line
    var left = try parseSigned()
    while try stream.skip(.pow) {
      left = try make(.arithmetic(.power, left, try parseSigned()), at: line)
      line = stream.current.line
    }
    return left
  }

  private mutating func parseSigned(withFilter: Bool = true) throws(TemplateError) -> Expression {
    try enter()
    defer { leave() }
    let line = stream.current.line
    var value: Expression
    switch stream.current.kind {
    case .sub:
      try stream.next()
      value = try make(.negative(try parseSigned(withFilter: false)), at: line)
    case .add:
      try stream.next()
      value = try make(.positive(try parseSigned(withFilter: false)), at: line)
    default: value = try parsePrimary()
    }
    value = try parsePostfix(of: value)
    return withFilter ? try parseFiltersAndTests(of: value) : value
  }

  // MARK: tuples

  /// `in` and `recursive` do not end one, though Jinja means them to: its look at them never succeeds.
  var isTupleEnd: Bool {
    switch stream.current.kind {
    case .variableEnd, .blockEnd, .rparen: true
    default: false
    }
  }

  var expressionExpected: TemplateError {
    stream.error("Expected an expression, got \(PythonText.quoted(stream.current.shown))")
  }

  /// One expression, or several with commas, which are a tuple.
  mutating func parseTuple(
    withConditional: Bool = true, inParentheses: Bool = false
  ) throws(TemplateError) -> Expression {
    var line = stream.current.line
    var items: [Expression] = []
    var isTuple = false
    while true {
      if !items.isEmpty { try stream.expect(.comma) }
      if isTupleEnd { break }
      items.append(try parseExpression(withConditional: withConditional))
      guard stream.current.kind == .comma else { break }
      isTuple = true
      line = stream.current.line
    }
    if !isTuple, let only = items.first { return only }
    guard isTuple || inParentheses else { throw expressionExpected }
    return try make(.tuple(items), at: line)
  }
}

extension ArithmeticOperator {
  fileprivate init?(product kind: TokenKind) {
    switch kind {
    case .mul: self = .multiply
    case .div: self = .divide
    case .floordiv: self = .floorDivide
    case .mod: self = .modulo
    default: return nil
    }
  }
}
