// SPDX-License-Identifier: MIT

/// One word of a template; the raw values are how Jinja names them in its messages.
enum TokenKind: String, Sendable {
  case add = "+"
  case assign = "="
  case colon = ":"
  case comma = ","
  case div = "/"
  case dot = "."
  case eq = "=="
  case floordiv = "//"
  case gt = ">"
  case gteq = ">="
  case lbrace = "{"
  case lbracket = "["
  case lparen = "("
  case lt = "<"
  case lteq = "<="
  case mod = "%"
  case mul = "*"
  case ne = "!="
  case pipe = "|"
  case pow = "**"
  case rbrace = "}"
  case rbracket = "]"
  case rparen = ")"
  case semicolon = ";"
  case sub = "-"
  case tilde = "~"
  case float, integer, name, string
  case blockBegin = "begin of statement block"
  case blockEnd = "end of statement block"
  case variableBegin = "begin of print statement"
  case variableEnd = "end of print statement"
  case data = "template data / text"
  case end = "end of template"
}

struct Token: Sendable {
  let kind: TokenKind
  let line: Int
  /// What a name, text or piece of data says; empty for all else.
  var text = ""
  /// What an integer or float is worth.
  var number = Literal.none

  /// How messages call it.
  var shown: String { kind == .name ? text : kind.rawValue }

  func isName(_ name: String) -> Bool { kind == .name && text == name }
}
