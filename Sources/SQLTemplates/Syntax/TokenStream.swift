// SPDX-License-Identifier: MIT
import PythonTexts

/// The tokens of a template, of which a parser sees the current one and the next.
struct TokenStream {
  private let tokens: [Token]
  private let failure: TemplateError?
  private var index = 0
  private(set) var current: Token

  init(_ text: String) throws(TemplateError) {
    (tokens, failure) = TemplateLexer.tokens(of: text)
    if tokens.isEmpty, let failure { throw failure }
    current = tokens[0]
  }

  var isAtEnd: Bool { current.kind == .end }

  /// - Throws: what the lexer has met behind the last token.
  @discardableResult mutating func next() throws(TemplateError) -> Token {
    let token = current
    if index + 1 < tokens.count {
      index += 1
      current = tokens[index]
    } else if let failure {
      throw failure
    }
    return token
  }

  func look() throws(TemplateError) -> Token {
    if index + 1 < tokens.count { return tokens[index + 1] }
    if let failure { throw failure }
    return current
  }

  mutating func skip(_ kind: TokenKind) throws(TemplateError) -> Bool {
    guard current.kind == kind else { return false }
    try next()
    return true
  }

  mutating func skip(name: String) throws(TemplateError) -> Bool {
    guard current.isName(name) else { return false }
    try next()
    return true
  }

  @discardableResult mutating func expect(_ kind: TokenKind) throws(TemplateError) -> Token {
    guard current.kind == kind else { throw unexpected(instead: kind.rawValue) }
    return try next()
  }

  @discardableResult mutating func expect(name: String) throws(TemplateError) -> Token {
    guard current.isName(name) else { throw unexpected(instead: name) }
    return try next()
  }

  private func unexpected(instead expected: String) -> TemplateError {
    let wanted = PythonText.quoted(expected)
    return isAtEnd
      ? error("unexpected end of template, expected \(wanted).")
      : error("expected token \(wanted), got \(PythonText.quoted(current.shown))")
  }

  /// - Parameter line: the current token's, unless given.
  func error(_ message: String, at line: Int? = nil) -> TemplateError {
    TemplateError(.syntax, message, line: line ?? current.line)
  }
}
