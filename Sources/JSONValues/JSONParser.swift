// SPDX-License-Identifier: MIT

extension JSONValue {
  /// The one JSON value that these bytes are (RFC 8259), blanks around it allowed.
  ///
  /// - Throws: ``JSONError``; of kind `incomplete` when the bytes are the beginning of a JSON value.
  package init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    let bytes = Array(bytes)
    var parser = JSONParser(bytes)
    self = try parser.parseDocument()
  }

  package init(parsing text: String) throws(JSONError) { try self.init(parsing: text.utf8) }

  /// As ``init(parsing:)``, but keeps of an object no other members than those that the skim asks for.
  ///
  /// It accepts and refuses the same bytes, but for an object that has more to keep than the skim allows; and what it
  /// does not keep costs no memory, whatever it is.
  package init(skimming bytes: [UInt8], for skim: JSONSkim) throws(JSONError) {
    var parser = JSONParser(bytes, skim)
    self = try parser.parseDocument()
  }
}

/// A recursive descent over bytes that tells "ends too early" from "wrong".
///
/// The depth is limited, so that a file of a million brackets is an error and not a stack overflow.
struct JSONParser {
  /// Deeper nesting is refused; Superset's own documents stay below 20.
  static let depthLimit = 512

  let bytes: [UInt8]
  var position = 0
  private var depth = 0
  private let skim: JSONSkim?
  /// False within what a skim does not keep: it is followed to its end, and nothing is made of it.
  private var isKeeping = true
  /// Values that a skim has kept.
  private var kept = 0

  init(_ bytes: [UInt8], _ skim: JSONSkim? = nil) {
    self.bytes = bytes
    self.skim = skim
  }

  mutating func parseDocument() throws(JSONError) -> JSONValue {
    skipBlanks()
    let value = try parseValue()
    skipBlanks()
    guard position == bytes.count else { throw invalid("text after the end of the value") }
    if let skim, kept > skim.limit, value[skim.decisive] != nil {
      throw invalid("more than \(skim.limit) values beside '\(skim.decisive)'")
    }
    return value
  }

  // MARK: values

  private mutating func parseValue() throws(JSONError) -> JSONValue {
    if isKeeping, let skim {
      kept += 1
      isKeeping = kept <= skim.limit
    }
    switch try peek() {
    case UInt8(ascii: "{"):
      return try nested { parser throws(JSONError) in try parser.parseObject() }
    case UInt8(ascii: "["):
      return try nested { parser throws(JSONError) in try parser.parseArray() }
    case UInt8(ascii: "\""): return .string(isKeeping ? try parseString() : try skipString())
    case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
    case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
    case UInt8(ascii: "n"): return try parseWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
    default: throw invalid("a value cannot begin with \(shown(bytes[position]))")
    }
  }

  private mutating func nested(
    _ parse: (inout JSONParser) throws(JSONError) -> JSONValue
  ) throws(JSONError) -> JSONValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw invalid("nested deeper than \(Self.depthLimit)") }
    // Elements at the top are nobody's members.
    if depth == 1, skim != nil, bytes[position] == UInt8(ascii: "[") { isKeeping = false }
    return try parse(&self)
  }

  private mutating func parseObject() throws(JSONError) -> JSONValue {
    var members = JSONObject()
    position += 1
    skipBlanks()
    if try peek() == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      guard try peek() == UInt8(ascii: "\"") else { throw invalid("a member's name is missing") }
      let name = isKeeping ? try parseString() : try skipString()
      skipBlanks()
      try expect(UInt8(ascii: ":"))
      skipBlanks()
      try parseMember(name, into: &members)
      skipBlanks()
      guard try parseComma(orEnd: UInt8(ascii: "}")) else { return .object(members) }
    }
  }

  private mutating func parseMember(
    _ name: String, into members: inout JSONObject
  ) throws(JSONError) {
    guard let skim, depth == 1 else {
      let value = try parseValue()
      if isKeeping { members[name] = value }
      return
    }
    isKeeping = skim.whole.contains(name)
    defer { isKeeping = true }
    let before = kept
    // The decisive one is kept whatever there was before it.
    if name == skim.decisive { kept = 0 }
    let value = try parseValue()
    if name == skim.decisive { kept += before }
    if isKeeping || skim.hollow.contains(name) { members[name] = value }
  }

  private mutating func parseArray() throws(JSONError) -> JSONValue {
    var elements: [JSONValue] = []
    position += 1
    skipBlanks()
    if try peek() == UInt8(ascii: "]") {
      position += 1
      return .array(elements)
    }
    while true {
      let element = try parseValue()
      if isKeeping { elements.append(element) }
      skipBlanks()
      guard try parseComma(orEnd: UInt8(ascii: "]")) else { return .array(elements) }
    }
  }

  /// True after a comma, false after the closing bracket.
  private mutating func parseComma(orEnd end: UInt8) throws(JSONError) -> Bool {
    let byte = try peek()
    guard byte == UInt8(ascii: ",") || byte == end else {
      throw invalid("expected a comma or \(shown(end)), found \(shown(byte))")
    }
    position += 1
    skipBlanks()
    return byte != end
  }

  private mutating func parseWord(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONError) -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      guard try peek() == word.utf8Start[index] else { throw invalid("an unknown word") }
      position += 1
    }
    return value
  }

  // MARK: numbers

  private mutating func parseNumber() throws(JSONError) -> JSONValue {
    let start = position
    var isInteger = true
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    if try peek() == UInt8(ascii: "0") {
      position += 1
    } else {
      try parseDigits()
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      try parseDigits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      position += 1
      let sign = try peek()
      if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
      try parseDigits()
    }
    guard isKeeping else { return .integer(0) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger { return Int(text).map(JSONValue.integer) ?? .literal(text) }
    guard let number = Double(text), number.isFinite else { return .literal(text) }
    return .double(number)
  }

  private mutating func parseDigits() throws(JSONError) {
    guard isDigit(try peek()) else { throw invalid("a digit is missing") }
    while position < bytes.count, isDigit(bytes[position]) { position += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  // MARK: bytes

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  func peek() throws(JSONError) -> UInt8 {
    guard position < bytes.count else { throw incomplete() }
    return bytes[position]
  }

  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    let found = try peek()
    guard found == byte else { throw invalid("expected \(shown(byte)), found \(shown(found))") }
    position += 1
  }

  func incomplete() -> JSONError { JSONError(kind: .incomplete, offset: bytes.count) }

  func invalid(_ reason: String) -> JSONError {
    JSONError(kind: .invalid(reason), offset: position)
  }

  private func shown(_ byte: UInt8) -> String {
    (0x21..<0x7F).contains(byte)
      ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x" + String(byte, radix: 16)
  }
}
