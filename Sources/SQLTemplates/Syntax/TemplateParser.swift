// SPDX-License-Identifier: MIT
import PythonTexts

/// A recursive descent over the tokens, in the order in which Jinja looks at them, since its messages tell of it.
struct TemplateParser {
  var stream: TokenStream
  /// Tags that are open, and what would close each of them.
  private var openTags: [String] = []
  private var endings: [[String]] = []
  private var depth = 0

  static func statements(of text: String) throws(TemplateError) -> [Statement] {
    var parser = TemplateParser(stream: try TokenStream(text))
    return try parser.parseBody(until: nil)
  }

  private init(stream: TokenStream) { self.stream = stream }

  // MARK: limits

  mutating func enter() throws(TemplateError) {
    depth += 1
    guard depth <= TemplateLimits.syntaxDepth else { throw tooDeep }
  }

  mutating func leave() { depth -= 1 }

  private var tooDeep: TemplateError {
    TemplateError(.limit, "the template nests too deeply", line: stream.current.line)
  }

  func make(_ node: Expression.Node, at line: Int) throws(TemplateError) -> Expression {
    let flat = Expression(node: node, line: line, depth: 0)
    let depth = (flat.children.lazy.map(\.depth).max() ?? 0) + 1
    guard depth <= TemplateLimits.syntaxDepth else { throw tooDeep }
    return Expression(node: node, line: line, depth: depth)
  }

  // MARK: bodies

  /// Up to one of the tags that end it, which is then the current token; nil up to the end of the template.
  private mutating func parseBody(
    until ending: [String]?
  ) throws(TemplateError) -> [Statement] {
    var body: [Statement] = []
    if let ending { endings.append(ending) }
    defer { if ending != nil { endings.removeLast() } }
    while !stream.isAtEnd {
      let token = stream.current
      switch token.kind {
      case .data:
        try stream.next()
        body.append(Statement(node: .text(token.text), line: token.line))
      case .variableBegin:
        try stream.next()
        let value = try parseTuple()
        try stream.expect(.variableEnd)
        body.append(Statement(node: .output(value), line: value.line))
      default:
        try stream.next()
        if let ending, stream.current.kind == .name, ending.contains(stream.current.text) {
          return body
        }
        body += try parseStatement()
        try stream.expect(.blockEnd)
      }
    }
    return body
  }

  /// From the end of a tag up to one of the tags that end its body; that tag's name is then the current token, or, where
  /// it is dropped, the one before it.
  mutating func parseStatements(
    until ending: String..., dropping: Bool = false
  ) throws(TemplateError) -> [Statement] {
    // A colon may stand there, as in Python.
    _ = try stream.skip(.colon)
    try stream.expect(.blockEnd)
    let body = try parseBody(until: ending)
    if stream.isAtEnd {
      throw unknownTag(nil, within: openTags[...], endings + [ending], at: stream.current.line)
    }
    if dropping { try stream.next() }
    return body
  }

  private mutating func parseStatement() throws(TemplateError) -> [Statement] {
    let token = stream.current
    guard token.kind == .name else { throw stream.error("tag name expected", at: token.line) }
    try enter()
    defer { leave() }
    openTags.append(token.text)
    defer { openTags.removeLast() }
    switch token.text {
    case "print": return try parsePrint()
    case "for": return [try parseLoop()]
    case "if": return [try parseConditional()]
    case "set": return [try parseSet()]
    case "with": return [try parseWith()]
    case "macro": return [try parseMacro()]
    case "call": return [try parseCallBlock()]
    case "filter": return [try parseFilterBlock()]
    case "autoescape": return [try parseAutoescape()]
    case "block": return [try parseBlock()]
    case "include", "import", "from", "extends":
      throw .unsupported("the tag '\(token.text)'", line: token.line)
    default: throw unknownTag(token.text, within: openTags.dropLast(), endings, at: token.line)
    }
  }

  /// How Jinja says that a tag is unknown, or that the template ends before a tag does.
  private func unknownTag(
    _ name: String?, within openTags: ArraySlice<String>, _ endings: [[String]], at line: Int
  ) -> TemplateError {
    var message = [
      name.map { "Encountered unknown tag \(PythonText.quoted($0))." }
        ?? "Unexpected end of template."
    ]
    if let last = endings.last {
      let wanted = last.map(PythonText.quoted).joined(separator: " or ")
      let isKnown = name.map { name in endings.contains { $0.contains(name) } } ?? false
      message.append(
        isKnown
          ? "You probably made a nesting mistake. Jinja is expecting this tag, but currently"
            + " looking for \(wanted)."
          : "Jinja was looking for the following tags: \(wanted).")
    }
    if let open = openTags.last {
      message.append(
        "The innermost block that needs to be closed is \(PythonText.quoted(open)).")
    }
    return stream.error(message.joined(separator: " "), at: line)
  }
}
