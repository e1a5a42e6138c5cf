// SPDX-License-Identifier: MIT

/// Tells whether bytes that come in pieces are one JSON value, in memory that grows with the nesting alone.
///
/// Strings are not checked for UTF-8, and numbers only for their characters: enough for an output of gigabytes.
package struct JSONValidator {
  private enum Expectation { case value, valueOrEnd, name, nameOrEnd, colon, commaOrEnd, nothing }
  private enum Token { case none, string, escape, word, number }

  private var expected = Expectation.value
  private var token = Token.none
  /// One entry an open bracket: true for an object.
  private var brackets: [Bool] = []
  private var word: [UInt8] = []
  private var isName = false
  private var isBroken = false

  package init() {}

  /// False as soon as nothing that follows can make it JSON.
  package mutating func feed(_ bytes: some Sequence<UInt8>) -> Bool {
    for byte in bytes {
      guard !isBroken, take(byte) else {
        isBroken = true
        return false
      }
    }
    return true
  }

  /// To be asked after the last piece.
  package mutating func isComplete() -> Bool {
    if token == .word || token == .number { isBroken = isBroken || !endWord() }
    return !isBroken && token == .none && expected == .nothing
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    switch token {
    case .escape:
      token = .string
      return true
    case .string:
      if byte == UInt8(ascii: "\\") { token = .escape }
      if byte == UInt8(ascii: "\"") { endString() }
      return byte >= 0x20
    case .word, .number:
      if Self.continuesWord(byte) {
        word.append(byte)
        return word.count <= 1024
      }
      return endWord() && takeOutside(byte)
    case .none:
      return takeOutside(byte)
    }
  }

  private mutating func takeOutside(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D: return true
    case UInt8(ascii: "\""): return beginString()
    case UInt8(ascii: "{"), UInt8(ascii: "["): return open(isObject: byte == UInt8(ascii: "{"))
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return close(isObject: byte == UInt8(ascii: "}"))
    case UInt8(ascii: ","): return comma()
    case UInt8(ascii: ":"):
      guard expected == .colon else { return false }
      expected = .value
      return true
    default:
      guard Self.continuesWord(byte), expected == .value || expected == .valueOrEnd else {
        return false
      }
      token = .word
      word = [byte]
      return true
    }
  }

  private mutating func beginString() -> Bool {
    isName = expected == .name || expected == .nameOrEnd
    guard isName || expected == .value || expected == .valueOrEnd else { return false }
    token = .string
    return true
  }

  private mutating func endString() {
    token = .none
    if isName { expected = .colon } else { endValue() }
  }

  private mutating func open(isObject: Bool) -> Bool {
    guard expected == .value || expected == .valueOrEnd,
      brackets.count < JSONParser.depthLimit
    else { return false }
    brackets.append(isObject)
    expected = isObject ? .nameOrEnd : .valueOrEnd
    return true
  }

  private mutating func close(isObject: Bool) -> Bool {
    let emptied: Expectation = isObject ? .nameOrEnd : .valueOrEnd
    guard brackets.last == isObject, expected == .commaOrEnd || expected == emptied else {
      return false
    }
    brackets.removeLast()
    endValue()
    return true
  }

  private mutating func comma() -> Bool {
    guard expected == .commaOrEnd, let isObject = brackets.last else { return false }
    expected = isObject ? .name : .value
    return true
  }

  private mutating func endWord() -> Bool {
    token = .none
    endValue()
    return (try? JSONValue(parsing: word)) != nil
  }

  private mutating func endValue() { expected = brackets.isEmpty ? .nothing : .commaOrEnd }

  private static func continuesWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
