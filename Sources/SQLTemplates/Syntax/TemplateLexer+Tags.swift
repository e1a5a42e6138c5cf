// SPDX-License-Identifier: MIT
import PythonTexts

/// What stands within `{% %}` and `{{ }}`.
extension TemplateLexer {
  mutating func scanTag(_ closing: TokenKind) throws(TemplateError) {
    var brackets: [Unicode.Scalar] = []
    while position < source.count {
      if brackets.isEmpty, let end = end(of: closing) {
        append(closing)
        line += newlines(in: source[position..<end])
        position = end
        return
      }
      try scanToken(&brackets)
    }
  }

  private func end(of closing: TokenKind) -> Int? {
    closing == .blockEnd
      ? closingEnd("%", from: position) : closingEnd("}", from: position, mayPreserve: false)
  }

  private mutating func scanToken(_ brackets: inout [Unicode.Scalar]) throws(TemplateError) {
    let first = source[position]
    if first.isPythonSpace {
      let end = skippingSpace(from: position)
      line += newlines(in: source[position..<end])
      position = end
    } else if first.isASCIIDigit {
      try scanNumber()
    } else if first.isWord {
      try scanName()
    } else if first == "'" || first == "\"" {
      try scanString(first)
    } else {
      try scanOperator(&brackets)
    }
  }

  private mutating func scanName() throws(TemplateError) {
    var end = position
    while end < source.count, source[end].isWord || source[end].properties.isXIDContinue {
      end += 1
    }
    let name = source[position..<end]
    guard let first = name.first, first == "_" || first.properties.isXIDStart,
      name.allSatisfy({ $0.properties.isXIDContinue })
    else { throw error("Invalid character in identifier") }
    append(.name, String(name))
    position = end
  }

  // MARK: numbers

  private mutating func scanNumber() throws(TemplateError) {
    if let end = floatEnd() {
      guard let number = Double(digits(position..<end)) else {
        throw error("invalid float literal")
      }
      append(.float, number: .real(number))
      position = end
      return
    }
    let (start, end, radix) = integerBounds()
    guard let number = Int(digits(start..<end), radix: radix) else {
      throw TemplateError(.limit, "an integer does not fit 64 bits", line: line)
    }
    append(.integer, number: .integer(number))
    position = end
  }

  private func digits(_ range: Range<Int>) -> String { String(source[range].filter { $0 != "_" }) }

  /// Behind digits with single underscores between them; the start itself where there are none.
  private func digitsEnd(
    from start: Int, where isDigit: (Unicode.Scalar) -> Bool = \.isASCIIDigit
  ) -> Int {
    var index = start
    while index < source.count {
      let isUnderscore = source[index] == "_" && index > start && index + 1 < source.count
      if isDigit(source[index]) {
        index += 1
      } else if isUnderscore, isDigit(source[index + 1]) {
        index += 2
      } else {
        break
      }
    }
    return index
  }

  private func floatEnd() -> Int? {
    if position > 0, source[position - 1] == "." { return nil }
    var end = digitsEnd(from: position)
    var isFloat = false
    if end + 1 < source.count, source[end] == ".", source[end + 1].isASCIIDigit {
      end = digitsEnd(from: end + 1)
      isFloat = true
    }
    if end < source.count, source[end] == "e" || source[end] == "E" {
      var exponent = end + 1
      if exponent < source.count, source[exponent] == "+" || source[exponent] == "-" {
        exponent += 1
      }
      if exponent < source.count, source[exponent].isASCIIDigit {
        return digitsEnd(from: exponent)
      }
    }
    return isFloat ? end : nil
  }

  private func integerBounds() -> (start: Int, end: Int, radix: Int) {
    guard source[position] == "0" else { return (position, digitsEnd(from: position), 10) }
    if position + 1 < source.count, let radix = Self.radix(of: source[position + 1]) {
      var start = position + 2
      if start < source.count, source[start] == "_" { start += 1 }
      let end = digitsEnd(from: start) { Self.isDigit($0, radix) }
      if end > start { return (start, end, radix) }
    }
    return (position, digitsEnd(from: position) { $0 == "0" }, 10)
  }

  private static func radix(of letter: Unicode.Scalar) -> Int? {
    switch letter {
    case "b", "B": 2
    case "o", "O": 8
    case "x", "X": 16
    default: nil
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar, _ radix: Int) -> Bool {
    scalar.isASCII && (Character(scalar).hexDigitValue ?? 16) < radix
  }

  // MARK: texts

  private mutating func scanString(_ quote: Unicode.Scalar) throws(TemplateError) {
    var end = position + 1
    while end < source.count, source[end] != quote { end += source[end] == "\\" ? 2 : 1 }
    guard end < source.count else { throw unexpected(quote) }
    let inner = source[(position + 1)..<end]
    var escapes = StringEscapes(inner)
    do {
      append(.string, try escapes.text())
    } catch {
      throw error.at(line)
    }
    line += newlines(in: inner)
    position = end + 1
  }

  private func unexpected(_ scalar: Unicode.Scalar) -> TemplateError {
    error("unexpected char \(PythonText.quoted(String([scalar]))) at \(position)")
  }

  // MARK: operators

  private mutating func scanOperator(_ brackets: inout [Unicode.Scalar]) throws(TemplateError) {
    let first = source[position]
    if position + 1 < source.count,
      let kind = TokenKind(rawValue: String(source[position...(position + 1)])), kind.isOperator
    {
      append(kind)
      position += 2
      return
    }
    guard let kind = TokenKind(rawValue: String([first])), kind.isOperator else {
      throw unexpected(first)
    }
    try balance(first, &brackets)
    append(kind)
    position += 1
  }

  private func balance(
    _ scalar: Unicode.Scalar, _ brackets: inout [Unicode.Scalar]
  ) throws(TemplateError) {
    switch scalar {
    case "{": brackets.append("}")
    case "(": brackets.append(")")
    case "[": brackets.append("]")
    case "}", ")", "]":
      guard let expected = brackets.popLast() else { throw error("unexpected '\(scalar)'") }
      guard expected == scalar else {
        throw error("unexpected '\(scalar)', expected '\(expected)'")
      }
    default: break
    }
  }
}

extension TokenKind {
  fileprivate var isOperator: Bool {
    switch self {
    case .float, .integer, .name, .string, .blockBegin, .blockEnd, .variableBegin, .variableEnd,
      .data, .end:
      false
    default: true
    }
  }
}
