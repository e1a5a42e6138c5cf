// SPDX-License-Identifier: MIT
import PythonTexts

/// What Jinja finds out when it compiles a template that it could read: names of filters and tests, and its `loop`.
struct TemplateChecker {
  /// Filters and tests that are not built in, in the order of their appearance.
  private(set) var strangers: [(kind: String, name: String, line: Int)] = []
  private var blocks: Set<String> = []

  /// - Parameter isSoft: within an `if`, where an unknown filter is an error only when it is reached.
  mutating func check(_ body: [Statement], isSoft: Bool = false) throws(TemplateError) {
    for statement in body { try check(statement, isSoft) }
  }

  private mutating func check(_ statement: Statement, _ isSoft: Bool) throws(TemplateError) {
    switch statement.node {
    case .text: break
    case .output(let value), .assign(_, let value): check(value, isSoft)
    case .conditional(let branches, let otherwise):
      for branch in branches {
        check(branch.test, true)
        try check(branch.body, isSoft: true)
      }
      try check(otherwise, isSoft: true)
    case .loop(let loop):
      if let line = Self.lineOfLoop(in: [statement]) {
        throw TemplateError(
          .assertion, "Can't assign to special loop variable in for-loop target", line: line)
      }
      check(loop.source, isSoft)
      if let condition = loop.condition { check(condition, false) }
      try check(loop.body)
      try check(loop.otherwise)
    case .capture(_, let filter, let body):
      try check(body)
      if let filter { check(filter, false) }
    case .with(let pairs, let body):
      for pair in pairs { check(pair.value, isSoft) }
      try check(body)
    case .macro(let macro): try check(macro)
    case .call(let macro, let call):
      try check(macro)
      check(call, isSoft)
    case .filter(let filter, let body):
      try check(body)
      check(filter, false)
    case .scope(let body): try check(body)
    case .block(let name, let body):
      guard blocks.insert(name).inserted else {
        throw TemplateError(
          .assertion, "block \(PythonText.quoted(name)) defined twice", line: statement.line)
      }
      try check(body)
    }
  }

  private mutating func check(_ macro: Statement.Macro) throws(TemplateError) {
    for parameter in macro.parameters {
      if let fallback = parameter.fallback { check(fallback, false) }
    }
    try check(macro.body)
  }

  private mutating func check(_ expression: Expression, _ isSoft: Bool) {
    var isSoft = isSoft
    switch expression.node {
    case .filter(_, let name, _) where !isSoft && Filters.table[name] == nil:
      strangers.append(("filter", name, expression.line))
    case .test(_, let name, _) where !isSoft && Tests.table[name] == nil:
      strangers.append(("test", name, expression.line))
    case .conditional: isSoft = true
    default: break
    }
    for child in expression.children { check(child, isSoft) }
  }

  /// Where within a loop something assigns to its `loop`, or nil.
  private static func lineOfLoop(in body: [Statement]) -> Int? {
    body.lazy.compactMap { statement -> Int? in
      switch statement.node {
      case .assign(let target, _): return line(of: target, in: [], statement)
      case .capture(let target, _, let inner): return line(of: target, in: inner, statement)
      case .loop(let loop):
        return line(of: loop.target, in: loop.body + loop.otherwise, statement)
      case .conditional(let branches, let otherwise):
        return lineOfLoop(in: branches.flatMap(\.body) + otherwise)
      case .with(_, let inner), .filter(_, let inner), .scope(let inner), .block(_, let inner):
        return lineOfLoop(in: inner)
      case .macro(let macro), .call(let macro, _): return lineOfLoop(in: macro.body)
      case .text, .output: return nil
      }
    }.first
  }

  private static func line(
    of target: Statement.Target, in body: [Statement], _ statement: Statement
  ) -> Int? {
    target.names.contains("loop") ? statement.line : lineOfLoop(in: body)
  }
}
