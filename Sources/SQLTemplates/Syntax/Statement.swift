// SPDX-License-Identifier: MIT

/// Something that writes, assigns or steers, as the parser has understood it.
struct Statement: Sendable {
  indirect enum Node: Sendable {
    case text(String)
    case output(Expression)
    case conditional([Branch], otherwise: [Statement])
    case loop(Loop)
    case assign(Target, Expression)
    case capture(Target, filter: Expression?, [Statement])
    case with([(target: Target, value: Expression)], [Statement])
    case macro(Macro)
    case call(Macro, of: Expression)
    case filter(Expression, [Statement])
    /// `{% autoescape false %}`.
    case scope([Statement])
    /// `{% block %}`, which without inheritance is text in its place that sees the names of the whole template only.
    case block(String, [Statement])
  }

  struct Branch: Sendable {
    let test: Expression
    let body: [Statement]
    let line: Int
  }

  struct Loop: Sendable {
    let target: Target
    let source: Expression
    let condition: Expression?
    let isRecursive: Bool
    let body: [Statement]
    let otherwise: [Statement]
  }

  /// A macro, or the text between `call` and `endcall`, which has no name.
  struct Macro: Sendable {
    let name: String?
    let parameters: [(name: String, fallback: Expression?)]
    let body: [Statement]
    /// Which of `caller`, `kwargs` and `varargs` its body asks for.
    let specials: Set<String>
    let line: Int
  }

  /// What is assigned to.
  indirect enum Target: Sendable {
    case name(String)
    case tuple([Target])
    case namespace(String, attribute: String)
  }

  let node: Node
  let line: Int
}

extension Statement.Target {
  var names: [String] {
    switch self {
    case .name(let name): [name]
    case .tuple(let targets): targets.flatMap(\.names)
    case .namespace: []
    }
  }

  /// Names of namespaces, which have to be there before anything is assigned.
  var namespaces: [String] {
    switch self {
    case .name: []
    case .tuple(let targets): targets.flatMap(\.namespaces)
    case .namespace(let name, _): [name]
    }
  }
}
