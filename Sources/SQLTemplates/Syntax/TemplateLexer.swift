// SPDX-License-Identifier: MIT

/// Splits a template into tokens, with whitespace control and the lines that Jinja counts.
struct TemplateLexer {
  let source: Scalars
  var position = 0
  var line = 1
  private(set) var tokens: [Token] = []

  /// The tokens, the last of them the end; an error stands behind what comes before it, since a parser that fails
  /// earlier has the first word.
  static func tokens(of text: String) -> (tokens: [Token], failure: TemplateError?) {
    var lexer = TemplateLexer(text)
    do {
      try lexer.scanText()
    } catch {
      return (lexer.tokens, error)
    }
    let last = lexer.tokens.last?.line ?? 1
    return (lexer.tokens + [Token(kind: .end, line: last)], nil)
  }

  private init(_ text: String) {
    var scalars = Self.withUnixNewlines(text.unicodeScalars)
    // One newline at the end is the editor's, not the template's.
    if scalars.last == "\n" { scalars.removeLast() }
    source = scalars
  }

  static func withUnixNewlines(_ text: some Sequence<Unicode.Scalar>) -> Scalars {
    var result: Scalars = []
    var wasReturn = false
    for scalar in text {
      if scalar != "\n" || !wasReturn { result.append(scalar == "\r" ? "\n" : scalar) }
      wasReturn = scalar == "\r"
    }
    return result
  }

  // MARK: text between the tags

  private enum Tag { case block, variable, comment, raw }

  private mutating func scanText() throws(TemplateError) {
    while position < source.count {
      let start = position
      guard let opening = findTag(from: start) else {
        append(.data, String(source[start...]))
        position = source.count
        return
      }
      takeData(source[start..<opening.start], isStripped: opening.isStripped)
      position = opening.end
      let tagLine = line
      line += newlines(in: source[opening.start..<opening.end])
      switch opening.tag {
      case .raw: try scanRaw()
      case .comment: try scanComment()
      case .block:
        tokens.append(Token(kind: .blockBegin, line: tagLine))
        try scanTag(.blockEnd)
      case .variable:
        tokens.append(Token(kind: .variableBegin, line: tagLine))
        try scanTag(.variableEnd)
      }
    }
  }

  private mutating func takeData(_ data: ArraySlice<Unicode.Scalar>, isStripped: Bool) {
    let kept = isStripped ? data.stripped(left: false) : Array(data)
    if !kept.isEmpty { append(.data, String(kept)) }
    line += newlines(in: data)
  }

  private func findTag(
    from start: Int
  ) -> (tag: Tag, start: Int, end: Int, isStripped: Bool)? {
    var index = start
    while index + 1 < source.count {
      if source[index] == "{" {
        let sign = index + 2 < source.count ? source[index + 2] : " "
        let end = index + (sign == "-" || sign == "+" ? 3 : 2)
        switch source[index + 1] {
        case "%":
          if let rawEnd = rawTagEnd("raw", from: end, mayPreserve: false) {
            return (.raw, index, rawEnd, sign == "-")
          }
          return (.block, index, end, sign == "-")
        case "{": return (.variable, index, end, sign == "-")
        case "#": return (.comment, index, end, sign == "-")
        default: break
        }
      }
      index += 1
    }
    return nil
  }

  // MARK: raw text and comments

  /// The end of `raw %}` or `endraw %}` that begins here, or nil.
  private func rawTagEnd(_ word: String, from start: Int, mayPreserve: Bool) -> Int? {
    var index = skippingSpace(from: start)
    guard source[index...].starts(with: word.unicodeScalars) else { return nil }
    index = skippingSpace(from: index + word.unicodeScalars.count)
    return closingEnd("%", from: index, mayPreserve: mayPreserve)
  }

  /// Behind `%}`, `-%}` with the space after it or, where it may be, `+%}`.
  func closingEnd(_ mark: Unicode.Scalar, from index: Int, mayPreserve: Bool = true) -> Int? {
    guard index < source.count else { return nil }
    if has(mark, "}", at: index) { return index + 2 }
    guard has(mark, "}", at: index + 1) else { return nil }
    if source[index] == "-" { return skippingSpace(from: index + 3) }
    return mayPreserve && source[index] == "+" ? index + 3 : nil
  }

  private func has(_ first: Unicode.Scalar, _ second: Unicode.Scalar, at index: Int) -> Bool {
    index + 1 < source.count && source[index] == first && source[index + 1] == second
  }

  private mutating func scanRaw() throws(TemplateError) {
    guard position < source.count else { return }
    for index in position..<source.count where has("{", "%", at: index) {
      let sign = index + 2 < source.count ? source[index + 2] : " "
      let inner = index + (sign == "-" || sign == "+" ? 3 : 2)
      guard let end = rawTagEnd("endraw", from: inner, mayPreserve: true) else { continue }
      takeData(source[position..<index], isStripped: sign == "-")
      line += newlines(in: source[index..<end])
      position = end
      return
    }
    throw error("Missing end of raw directive")
  }

  private mutating func scanComment() throws(TemplateError) {
    guard position < source.count else { return }
    for index in position..<source.count {
      guard let end = closingEnd("#", from: index) else { continue }
      line += newlines(in: source[position..<end])
      position = end
      return
    }
    throw error("Missing end of comment tag")
  }

  // MARK: helpers

  func skippingSpace(from start: Int) -> Int {
    var index = start
    while index < source.count, source[index].isPythonSpace { index += 1 }
    return index
  }

  func newlines(in text: some Sequence<Unicode.Scalar>) -> Int {
    text.reduce(0) { $0 + ($1 == "\n" ? 1 : 0) }
  }

  mutating func append(_ kind: TokenKind, _ text: String = "", number: Literal = .none) {
    tokens.append(Token(kind: kind, line: line, text: text, number: number))
  }

  func error(_ message: String) -> TemplateError { TemplateError(.syntax, message, line: line) }
}
