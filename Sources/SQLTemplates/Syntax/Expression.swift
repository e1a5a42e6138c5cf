// SPDX-License-Identifier: MIT

/// Something with a value, as the parser has understood it.
struct Expression: Sendable {
  indirect enum Node: Sendable {
    case literal(Literal)
    case name(String)
    case tuple([Expression])
    case list([Expression])
    case dictionary([(key: Expression, value: Expression)])
    case attribute(Expression, String)
    case item(Expression, Expression)
    case slice(Expression, start: Expression?, stop: Expression?, step: Expression?)
    case call(Expression, Arguments)
    /// Without a value it filters what stands in its block.
    case filter(Expression?, name: String, Arguments)
    case test(Expression, name: String, Arguments)
    case negative(Expression)
    case positive(Expression)
    case not(Expression)
    case arithmetic(ArithmeticOperator, Expression, Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case concatenation([Expression])
    case comparison(Expression, [(sign: ComparisonOperator, right: Expression)])
    case conditional(test: Expression, then: Expression, otherwise: Expression?)
  }

  /// What a call, filter or test is given.
  struct Arguments: Sendable {
    var positional: [Expression] = []
    var named: [(name: String, value: Expression)] = []
    /// `*xs` and `**xs`.
    var spread: Expression?
    var namedSpread: Expression?

    var all: [Expression] {
      positional + named.map(\.value) + [spread, namedSpread].compactMap { $0 }
    }
  }

  let node: Node
  let line: Int
  /// Levels of expressions from here down; limited, since each is a call of the renderer within another.
  let depth: Int

  var children: [Expression] {
    switch node {
    case .literal, .name: []
    case .tuple(let items), .list(let items), .concatenation(let items): items
    case .dictionary(let pairs): pairs.flatMap { [$0.key, $0.value] }
    case .attribute(let one, _), .negative(let one), .positive(let one), .not(let one): [one]
    case .item(let one, let other), .arithmetic(_, let one, let other), .and(let one, let other),
      .or(let one, let other):
      [one, other]
    case .slice(let one, let start, let stop, let step):
      [one] + [start, stop, step].compactMap { $0 }
    case .call(let one, let arguments), .test(let one, _, let arguments): [one] + arguments.all
    case .filter(let one, _, let arguments): (one.map { [$0] } ?? []) + arguments.all
    case .comparison(let one, let operands): [one] + operands.map(\.right)
    case .conditional(let test, let then, let otherwise):
      [test, then] + (otherwise.map { [$0] } ?? [])
    }
  }

  /// What Jinja calls the kind of it where it cannot be assigned to.
  var kindName: String {
    switch node {
    case .literal: "const"
    case .name: "name"
    case .tuple: "tuple"
    case .list: "list"
    case .dictionary: "dict"
    case .attribute: "getattr"
    case .item, .slice: "getitem"
    case .call: "call"
    case .filter: "filter"
    case .test: "test"
    case .negative: "neg"
    case .positive: "pos"
    case .not: "not"
    case .arithmetic(let one, _, _): one.kindName
    case .and: "and"
    case .or: "or"
    case .concatenation: "concat"
    case .comparison: "compare"
    case .conditional: "condexpr"
    }
  }
}

enum ArithmeticOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case modulo = "%"
  case power = "**"

  var kindName: String {
    switch self {
    case .add: "add"
    case .subtract: "sub"
    case .multiply: "mul"
    case .divide: "div"
    case .floorDivide: "floordiv"
    case .modulo: "mod"
    case .power: "pow"
    }
  }

  /// How Python's complaints write it.
  var shown: String { self == .power ? "** or pow()" : rawValue }
}

enum ComparisonOperator: String, Sendable {
  case equal = "=="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"
  case isNotIn = "not in"
}
