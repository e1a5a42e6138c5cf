// SPDX-License-Identifier: MIT
import PythonTexts

/// Names, literals, and what stands behind them: attributes, subscripts, calls, filters, tests.
extension TemplateParser {
  mutating func parsePrimary() throws(TemplateError) -> Expression {
    let token = stream.current
    switch token.kind {
    case .name:
      try stream.next()
      return try make(name(token.text), at: token.line)
    case .string:
      var text = ""
      while stream.current.kind == .string { text += try stream.next().text }
      return try make(.literal(.text(text)), at: token.line)
    case .integer, .float:
      try stream.next()
      return try make(.literal(token.number), at: token.line)
    case .lparen:
      try stream.next()
      let value = try parseTuple(inParentheses: true)
      try stream.expect(.rparen)
      return value
    case .lbracket: return try parseList()
    case .lbrace: return try parseDictionary()
    default: throw stream.error("unexpected \(PythonText.quoted(token.shown))", at: token.line)
    }
  }

  private func name(_ name: String) -> Expression.Node {
    switch name {
    case "true", "True": .literal(.boolean(true))
    case "false", "False": .literal(.boolean(false))
    case "none", "None": .literal(.none)
    default: .name(name)
    }
  }

  private mutating func parseList() throws(TemplateError) -> Expression {
    let line = try stream.expect(.lbracket).line
    var items: [Expression] = []
    while stream.current.kind != .rbracket {
      if !items.isEmpty { try stream.expect(.comma) }
      if stream.current.kind == .rbracket { break }
      items.append(try parseExpression())
    }
    try stream.expect(.rbracket)
    return try make(.list(items), at: line)
  }

  private mutating func parseDictionary() throws(TemplateError) -> Expression {
    let line = try stream.expect(.lbrace).line
    var pairs: [(key: Expression, value: Expression)] = []
    while stream.current.kind != .rbrace {
      if !pairs.isEmpty { try stream.expect(.comma) }
      if stream.current.kind == .rbrace { break }
      let key = try parseExpression()
      try stream.expect(.colon)
      pairs.append((key, try parseExpression()))
    }
    try stream.expect(.rbrace)
    return try make(.dictionary(pairs), at: line)
  }

  // MARK: what follows a value

  mutating func parsePostfix(of value: Expression) throws(TemplateError) -> Expression {
    var value = value
    while true {
      switch stream.current.kind {
      case .dot: value = try parseAttribute(of: value)
      case .lbracket: value = try parseSubscript(of: value)
      case .lparen: value = try parseCall(of: value)
      default: return value
      }
    }
  }

  private mutating func parseCall(of value: Expression) throws(TemplateError) -> Expression {
    let line = stream.current.line
    return try make(.call(value, try parseArguments()), at: line)
  }

  private mutating func parseAttribute(of value: Expression) throws(TemplateError) -> Expression {
    let line = try stream.next().line
    let name = try stream.next()
    switch name.kind {
    case .name: return try make(.attribute(value, name.text), at: line)
    case .integer:
      let index = try make(.literal(name.number), at: name.line)
      return try make(.item(value, index), at: line)
    default: throw stream.error("expected name or number", at: name.line)
    }
  }

  private mutating func parseSubscript(of value: Expression) throws(TemplateError) -> Expression {
    let line = try stream.next().line
    var items: [Expression] = []
    var slice: Expression?
    while stream.current.kind != .rbracket {
      if !items.isEmpty || slice != nil { try stream.expect(.comma) }
      guard slice == nil else { throw stream.error("invalid syntax", at: line) }
      if stream.current.kind == .colon {
        slice = try parseSlice(of: value, from: nil, at: line)
      } else {
        let item = try parseExpression()
        if stream.current.kind == .colon {
          slice = try parseSlice(of: value, from: item, at: line)
        } else {
          items.append(item)
        }
      }
    }
    try stream.expect(.rbracket)
    if let slice {
      guard items.isEmpty else { throw stream.error("invalid syntax", at: line) }
      return slice
    }
    let key = items.count == 1 ? items[0] : try make(.tuple(items), at: line)
    return try make(.item(value, key), at: line)
  }

  /// The current token is the first colon.
  private mutating func parseSlice(
    of value: Expression, from start: Expression?, at line: Int
  ) throws(TemplateError) -> Expression {
    try stream.next()
    let stop = try parseBound(endingAtColon: true)
    var step: Expression?
    if try stream.skip(.colon) { step = try parseBound(endingAtColon: false) }
    return try make(.slice(value, start: start, stop: stop, step: step), at: line)
  }

  private mutating func parseBound(endingAtColon: Bool) throws(TemplateError) -> Expression? {
    switch stream.current.kind {
    case .rbracket, .comma: nil
    case .colon where endingAtColon: nil
    default: try parseExpression()
    }
  }

  mutating func parseArguments() throws(TemplateError) -> Expression.Arguments {
    let line = try stream.expect(.lparen).line
    var arguments = Expression.Arguments()
    var isFirst = true
    while stream.current.kind != .rparen {
      if !isFirst {
        try stream.expect(.comma)
        if stream.current.kind == .rparen { break }
      }
      isFirst = false
      guard try parseArgument(into: &arguments) else {
        throw stream.error("invalid syntax for function call expression", at: line)
      }
    }
    try stream.expect(.rparen)
    return arguments
  }

  /// False where an argument of its kind may not stand here.
  private mutating func parseArgument(
    into arguments: inout Expression.Arguments
  ) throws(TemplateError) -> Bool {
    switch stream.current.kind {
    case .mul:
      guard arguments.spread == nil, arguments.namedSpread == nil else { return false }
      try stream.next()
      arguments.spread = try parseExpression()
    case .pow:
      guard arguments.namedSpread == nil else { return false }
      try stream.next()
      arguments.namedSpread = try parseExpression()
    case .name where try stream.look().kind == .assign:
      guard arguments.namedSpread == nil else { return false }
      let name = try stream.next().text
      try stream.next()
      arguments.named.append((name, try parseExpression()))
    default:
      guard arguments.spread == nil, arguments.namedSpread == nil, arguments.named.isEmpty else {
        return false
      }
      arguments.positional.append(try parseExpression())
    }
    return true
  }

  // MARK: filters and tests

  mutating func parseFiltersAndTests(of value: Expression) throws(TemplateError) -> Expression {
    var value = value
    while true {
      switch stream.current.kind {
      case .pipe: value = try parseFilters(of: value) ?? value
      case .name where stream.current.text == "is": value = try parseTest(of: value)
      case .lparen: value = try parseCall(of: value)
      default: return value
      }
    }
  }

  mutating func parseFilters(of value: Expression?) throws(TemplateError) -> Expression? {
    var value = value
    while try stream.skip(.pipe) { value = try parseFilter(of: value) }
    return value
  }

  /// The current token is the filter's name.
  mutating func parseFilter(of value: Expression?) throws(TemplateError) -> Expression {
    let line = stream.current.line
    let name = try parseDottedName()
    let arguments =
      stream.current.kind == .lparen ? try parseArguments() : Expression.Arguments()
    return try make(.filter(value, name: name, arguments), at: line)
  }

  private mutating func parseDottedName() throws(TemplateError) -> String {
    var name = try stream.expect(.name).text
    while try stream.skip(.dot) { name += "." + (try stream.expect(.name).text) }
    return name
  }

  private mutating func parseTest(of value: Expression) throws(TemplateError) -> Expression {
    let line = try stream.next().line
    let isNegated = try stream.skip(name: "not")
    let name = try parseDottedName()
    var arguments = Expression.Arguments()
    if stream.current.kind == .lparen {
      arguments = try parseArguments()
    } else if isTestArgument {
      if stream.current.isName("is") {
        throw stream.error("You cannot chain multiple tests with is")
      }
      arguments.positional = [try parsePostfix(of: try parsePrimary())]
    }
    let test = try make(.test(value, name: name, arguments), at: line)
    return isNegated ? try make(.not(test), at: line) : test
  }

  private var isTestArgument: Bool {
    switch stream.current.kind {
    case .name: !["else", "or", "and"].contains(stream.current.text)
    case .string, .integer, .float, .lbracket, .lbrace: true
    default: false
    }
  }
}
