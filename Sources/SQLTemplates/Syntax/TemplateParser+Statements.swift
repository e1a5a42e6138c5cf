// SPDX-License-Identifier: MIT

/// The tags.
extension TemplateParser {
  mutating func parsePrint() throws(TemplateError) -> [Statement] {
    try stream.next()
    var values: [Statement] = []
    while stream.current.kind != .blockEnd {
      if !values.isEmpty { try stream.expect(.comma) }
      let value = try parseExpression()
      values.append(Statement(node: .output(value), line: value.line))
    }
    return values
  }

  mutating func parseSet() throws(TemplateError) -> Statement {
    let line = try stream.next().line
    let target = try parseTarget(mayBeNamespace: true)
    if try stream.skip(.assign) {
      return Statement(node: .assign(target, try parseTuple()), line: line)
    }
    let filter = try parseFilters(of: nil)
    let body = try parseStatements(until: "endset", dropping: true)
    return Statement(node: .capture(target, filter: filter, body), line: line)
  }

  mutating func parseLoop() throws(TemplateError) -> Statement {
    let line = try stream.expect(name: "for").line
    let target = try parseTarget()
    try stream.expect(name: "in")
    let source = try parseTuple(withConditional: false)
    let condition = try stream.skip(name: "if") ? try parseExpression() : nil
    let isRecursive = try stream.skip(name: "recursive")
    let body = try parseStatements(until: "endfor", "else")
    var otherwise: [Statement] = []
    if try stream.next().text != "endfor" {
      otherwise = try parseStatements(until: "endfor", dropping: true)
    }
    let loop = Statement.Loop(
      target: target, source: source, condition: condition, isRecursive: isRecursive, body: body,
      otherwise: otherwise)
    return Statement(node: .loop(loop), line: line)
  }

  mutating func parseConditional() throws(TemplateError) -> Statement {
    let line = try stream.expect(name: "if").line
    var branches: [Statement.Branch] = []
    var branchLine = line
    while true {
      let test = try parseTuple(withConditional: false)
      let body = try parseStatements(until: "elif", "else", "endif")
      branches.append(Statement.Branch(test: test, body: body, line: branchLine))
      let token = try stream.next()
      if token.isName("elif") {
        branchLine = stream.current.line
        continue
      }
      let otherwise =
        token.isName("else") ? try parseStatements(until: "endif", dropping: true) : []
      return Statement(node: .conditional(branches, otherwise: otherwise), line: line)
    }
  }

  mutating func parseWith() throws(TemplateError) -> Statement {
    let line = try stream.next().line
    var pairs: [(target: Statement.Target, value: Expression)] = []
    while stream.current.kind != .blockEnd {
      if !pairs.isEmpty { try stream.expect(.comma) }
      let target = try parseTarget()
      try stream.expect(.assign)
      pairs.append((target, try parseExpression()))
    }
    let body = try parseStatements(until: "endwith", dropping: true)
    return Statement(node: .with(pairs, body), line: line)
  }

  mutating func parseMacro() throws(TemplateError) -> Statement {
    let line = try stream.next().line
    let name = try parseNameTarget()
    let parameters = try parseSignature()
    let body = try parseStatements(until: "endmacro", dropping: true)
    let macro = try macro(name, parameters, body, at: line)
    return Statement(node: .macro(macro), line: line)
  }

  mutating func parseCallBlock() throws(TemplateError) -> Statement {
    let line = try stream.next().line
    let parameters = stream.current.kind == .lparen ? try parseSignature() : []
    let call = try parseExpression()
    guard case .call = call.node else { throw stream.error("expected call", at: line) }
    let body = try parseStatements(until: "endcall", dropping: true)
    let macro = try macro(nil, parameters, body, at: line)
    return Statement(node: .call(macro, of: call), line: line)
  }

  private func macro(
    _ name: String?, _ parameters: [(name: String, fallback: Expression?)], _ body: [Statement],
    at line: Int
  ) throws(TemplateError) -> Statement.Macro {
    var search = NameSearch(["caller", "kwargs", "varargs"])
    search.visit(body)
    if search.found.contains("caller"),
      parameters.contains(where: { $0.name == "caller" && $0.fallback == nil })
    {
      throw TemplateError(
        .assertion,
        "When defining macros or call blocks the special \"caller\" argument must be omitted or"
          + " be given a default.", line: line)
    }
    let specials = search.found.subtracting(parameters.map(\.name))
    return Statement.Macro(
      name: name, parameters: parameters, body: body, specials: specials, line: line)
  }

  private mutating func parseSignature() throws(TemplateError)
    -> [(name: String, fallback: Expression?)]
  {
    var parameters: [(name: String, fallback: Expression?)] = []
    try stream.expect(.lparen)
    while stream.current.kind != .rparen {
      if !parameters.isEmpty { try stream.expect(.comma) }
      let name = try parseNameTarget()
      if try stream.skip(.assign) {
        parameters.append((name, try parseExpression()))
      } else if parameters.contains(where: { $0.fallback != nil }) {
        throw stream.error("non-default argument follows default argument")
      } else {
        parameters.append((name, nil))
      }
    }
    try stream.expect(.rparen)
    return parameters
  }

  mutating func parseFilterBlock() throws(TemplateError) -> Statement {
    let line = try stream.next().line
    let filter = try parseFilters(of: try parseFilter(of: nil))
    let body = try parseStatements(until: "endfilter", dropping: true)
    guard let filter else { throw stream.error("expected a filter", at: line) }
    return Statement(node: .filter(filter, body), line: line)
  }

  mutating func parseAutoescape() throws(TemplateError) -> Statement {
    let line = try stream.next().line
    let wanted = try parseExpression()
    let body = try parseStatements(until: "endautoescape", dropping: true)
    guard case .literal(.boolean(false)) = wanted.node else {
      throw .unsupported("autoescape", line: line)
    }
    return Statement(node: .scope(body), line: line)
  }

  mutating func parseBlock() throws(TemplateError) -> Statement {
    let line = try stream.next().line
    let name = try stream.expect(.name).text
    for word in ["scoped", "required"] where try stream.skip(name: word) {
      throw .unsupported("a \(word) block", line: line)
    }
    if stream.current.kind == .sub {
      throw stream.error(
        "Block names in Jinja have to be valid Python identifiers and may not contain hyphens,"
          + " use an underscore instead.")
    }
    let body = try parseStatements(until: "endblock", dropping: true)
    _ = try stream.skip(name: name)
    return Statement(node: .block(name, body), line: line)
  }

  // MARK: targets

  private mutating func parseNameTarget() throws(TemplateError) -> String {
    let token = try stream.expect(.name)
    guard !Self.constants.contains(token.text) else {
      throw stream.error("can't assign to 'name'", at: token.line)
    }
    return token.text
  }

  private mutating func parseTarget(
    mayBeNamespace: Bool = false
  ) throws(TemplateError) -> Statement.Target {
    let line = stream.current.line
    var targets: [Statement.Target?] = []
    var last: Expression?
    var isTuple = false
    while true {
      if !targets.isEmpty { try stream.expect(.comma) }
      if isTupleEnd { break }
      if mayBeNamespace, let reference = try parseNamespaceTarget() {
        targets.append(reference)
        last = nil
      } else {
        let expression = try parsePrimary()
        targets.append(target(of: expression))
        last = expression
      }
      guard stream.current.kind == .comma else { break }
      isTuple = true
    }
    if isTuple {
      let all = targets.compactMap { $0 }
      guard all.count == targets.count else {
        throw stream.error("can't assign to 'tuple'", at: line)
      }
      return .tuple(all)
    }
    guard let only = targets.first else { throw expressionExpected }
    guard let only else {
      throw stream.error("can't assign to '\(last?.kindName ?? "")'", at: last?.line)
    }
    return only
  }

  private mutating func parseNamespaceTarget() throws(TemplateError) -> Statement.Target? {
    let token = stream.current
    guard token.kind == .name, !Self.constants.contains(token.text),
      try stream.look().kind == .dot
    else { return nil }
    try stream.next()
    try stream.next()
    return .namespace(token.text, attribute: try stream.expect(.name).text)
  }

  private func target(of expression: Expression) -> Statement.Target? {
    switch expression.node {
    case .name(let name): return .name(name)
    case .tuple(let items):
      let targets = items.compactMap(target(of:))
      return targets.count == items.count ? .tuple(targets) : nil
    default: return nil
    }
  }
}
