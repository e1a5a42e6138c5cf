// SPDX-License-Identifier: MIT

/// Tells whether bytes that come in pieces are one JSON value, in memory that grows with the nesting alone.
///
/// It accepts exactly what ``JSONParser`` accepts, and outputs of gigabytes.
package struct JSONValidator {
  private enum Expectation { case value, valueOrEnd, name, nameOrEnd, colon, commaOrEnd, nothing }
  private enum Token { case none, string, escape, hexadecimals, word, number }

  private var expected = Expectation.value
  private var token = Token.none
  /// One entry an open bracket: true for an object.
  private var brackets: [Bool] = []
  private var number = JSONNumberScanner()
  private var text = UTF8Scanner()
  private var word: StaticString = "null"
  /// Characters of the word, or digits of a `\u`, that have been there.
  private var taken = 0
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
    if token == .number { isBroken = isBroken || !endNumber() }
    return !isBroken && token == .none && expected == .nothing
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    switch token {
    case .none: takeOutside(byte)
    case .string: takeInString(byte)
    case .escape: takeEscaped(byte)
    case .hexadecimals: takeHexadecimal(byte)
    case .word: takeInWord(byte)
    case .number: number.take(byte) || (endNumber() && takeOutside(byte))
    }
  }

  // MARK: strings

  private mutating func takeInString(_ byte: UInt8) -> Bool {
    guard byte >= 0x20, text.take(byte) else { return false }
    if byte == UInt8(ascii: "\\") { token = .escape }
    if byte == UInt8(ascii: "\"") { endString() }
    return true
  }

  private mutating func takeEscaped(_ byte: UInt8) -> Bool {
    token = .string
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return true
    case UInt8(ascii: "u"):
      token = .hexadecimals
      taken = 0
      return true
    default: return false
    }
  }

  /// Surrogates may stand alone: the parser puts U+FFFD in their place.
  private mutating func takeHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      taken += 1
      if taken == 4 { token = .string }
      return true
    default: return false
    }
  }

  private mutating func beginString() -> Bool {
    isName = expected == .name || expected == .nameOrEnd
    guard isName || expectsValue else { return false }
    token = .string
    return true
  }

  private mutating func endString() {
    token = .none
    if isName { expected = .colon } else { endValue() }
  }

  // MARK: outside of strings

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
    case UInt8(ascii: "t"): return begin("true")
    case UInt8(ascii: "f"): return begin("false")
    case UInt8(ascii: "n"): return begin("null")
    default:
      number = JSONNumberScanner()
      guard expectsValue, number.take(byte) else { return false }
      token = .number
      return true
    }
  }

  private var expectsValue: Bool { expected == .value || expected == .valueOrEnd }

  private mutating func begin(_ word: StaticString) -> Bool {
    guard expectsValue else { return false }
    token = .word
    self.word = word
    taken = 1
    return true
  }

  private mutating func takeInWord(_ byte: UInt8) -> Bool {
    guard byte == word.utf8Start[taken] else { return false }
    taken += 1
    guard taken == word.utf8CodeUnitCount else { return true }
    token = .none
    endValue()
    return true
  }

  private mutating func endNumber() -> Bool {
    token = .none
    endValue()
    return number.isComplete
  }

  private mutating func open(isObject: Bool) -> Bool {
    guard expectsValue, brackets.count < JSONParser.depthLimit else { return false }
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

  private mutating func endValue() { expected = brackets.isEmpty ? .nothing : .commaOrEnd }
}
