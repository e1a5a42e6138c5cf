// SPDX-License-Identifier: MIT
import PythonTexts

/// What a quoted text says: Python's escapes, of which unknown ones stay as they are.
struct StringEscapes {
  private let source: Scalars
  private var position = 0
  private var result = String.UnicodeScalarView()

  init(_ source: ArraySlice<Unicode.Scalar>) { self.source = Array(source) }

  mutating func text() throws(TemplateError) -> String {
    while position < source.count {
      let scalar = source[position]
      position += 1
      if scalar == "\\" { try takeEscape() } else { result.append(scalar) }
    }
    return String(result)
  }

  private mutating func takeEscape() throws(TemplateError) {
    guard position < source.count else { throw failure("\\ at end of string") }
    let letter = source[position]
    position += 1
    switch letter {
    case "\n": break
    case "x": try takeHexadecimals(2, "truncated \\xXX escape")
    case "u": try takeHexadecimals(4, "truncated \\uXXXX escape")
    case "U": try takeHexadecimals(8, "truncated \\UXXXXXXXX escape")
    case "N": throw .unsupported("the escape \\N")
    case "0"..."7": takeOctals(letter)
    default: takeSimple(letter)
    }
  }

  private mutating func takeSimple(_ letter: Unicode.Scalar) {
    switch letter {
    case "\\", "'", "\"": result.append(letter)
    case "a": result.append("\u{07}")
    case "b": result.append("\u{08}")
    case "t": result.append("\t")
    case "n": result.append("\n")
    case "v": result.append("\u{0B}")
    case "f": result.append("\u{0C}")
    case "r": result.append("\r")
    default:
      result.append("\\")
      // Jinja writes what is not ASCII as an escape first, whose backslash the one before it takes away.
      let rest = letter.isASCII ? String([letter]) : String(PythonText.escape(letter).dropFirst())
      result.append(contentsOf: rest.unicodeScalars)
    }
  }

  private mutating func takeOctals(_ first: Unicode.Scalar) {
    var value = first.value - 0x30
    var count = 1
    while count < 3, position < source.count, ("0"..."7").contains(source[position]) {
      value = value * 8 + source[position].value - 0x30
      position += 1
      count += 1
    }
    if let scalar = Unicode.Scalar(value) { result.append(scalar) }
  }

  private mutating func takeHexadecimals(
    _ count: Int, _ complaint: String
  ) throws(TemplateError) {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard position < source.count, source[position].isASCII,
        let digit = Character(source[position]).hexDigitValue
      else { throw failure(complaint) }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    if (0xD800..<0xE000).contains(value) { throw .unsupported("a lone surrogate") }
    guard let scalar = Unicode.Scalar(value) else { throw failure("illegal Unicode character") }
    result.append(scalar)
  }

  private func failure(_ message: String) -> TemplateError { TemplateError(.syntax, message) }
}
