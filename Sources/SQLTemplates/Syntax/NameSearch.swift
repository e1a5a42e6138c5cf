// SPDX-License-Identifier: MIT

/// Which of some names a body reads before it assigns to them; so Jinja finds out whether a macro wants `caller`.
struct NameSearch {
  private var sought: Set<String>
  private(set) var found: Set<String> = []

  init(_ names: Set<String>) { sought = names }

  mutating func visit(_ body: [Statement]) {
    for statement in body { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.node {
    case .text, .block: break
    case .output(let value): visit(value)
    case .conditional(let branches, let otherwise):
      for branch in branches {
        visit(branch.test)
        visit(branch.body)
      }
      visit(otherwise)
    case .loop(let loop):
      forget(loop.target.names)
      visit(loop.source)
      visit(loop.body)
      visit(loop.otherwise)
      if let condition = loop.condition { visit(condition) }
    case .assign(let target, let value):
      forget(target.names)
      visit(value)
    case .capture(let target, let filter, let body):
      forget(target.names)
      if let filter { visit(filter) }
      visit(body)
    case .with(let pairs, let body):
      for pair in pairs { forget(pair.target.names) }
      for pair in pairs { visit(pair.value) }
      visit(body)
    case .macro(let macro): visit(macro)
    case .call(let macro, let call):
      visit(call)
      visit(macro)
    case .filter(let filter, let body):
      visit(body)
      visit(filter)
    case .scope(let body): visit(body)
    }
  }

  private mutating func visit(_ macro: Statement.Macro) {
    forget(macro.parameters.map(\.name))
    for parameter in macro.parameters {
      if let fallback = parameter.fallback { visit(fallback) }
    }
    visit(macro.body)
  }

  private mutating func visit(_ expression: Expression) {
    if case .name(let name) = expression.node, sought.contains(name) { found.insert(name) }
    for child in expression.children { visit(child) }
  }

  private mutating func forget(_ names: [String]) { sought.subtract(names) }
}
