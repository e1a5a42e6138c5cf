// SPDX-License-Identifier: MIT

/// Finds what the parser of TOML that we link does not refuse but ends the process over.
///
/// toml++ 3.4 asserts that a table's header begins with a key and that a value is there: a half-typed `[` alone on its
/// line, or `a = ]`, or a date that ends too early, aborts whoever reads the file. No setting is a date. This walks from statement to statement, as far as that needs, and
/// leaves every other judgement to the parser.
package struct TOMLGuard {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  /// What must not be shown to the parser, or nil.
  package static func objection(to text: String) -> String? {
    var walk = TOMLGuard(bytes: Array(text.utf8))
    return walk.objection()
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    // The parser skips the mark of UTF-8 there.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  private mutating func objection() -> String? {
    // It takes the text for ended there, and what follows for nothing.
    if bytes.contains(0) { return "it has a byte of value 0" }
    while position < bytes.count {
      skip { Self.isBlank($0) || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      if take("["), !beginsHeader() { return "line \(line): a table without a name" }
      if !passesStatement() { return "line \(line): a value is missing, or a date" }
    }
    return nil
  }

  /// Behind the first bracket. What has ended too early is the parser's to refuse.
  private mutating func beginsHeader() -> Bool {
    skip(while: Self.isBlank)
    if take("[") { skip(while: Self.isBlank) }
    guard position < bytes.count else { return true }
    switch bytes[position] {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]"):
      return true
    default: return false
    }
  }

  /// To the end of the line at which no bracket and no text is open; false where a value should begin and none does.
  private mutating func passesStatement() -> Bool {
    var open: [UInt8] = []
    var isDue = false
    while position < bytes.count {
      let byte = bytes[position]
      let isInArray = open.last == UInt8(ascii: "[")
      if isDue, !Self.isBlank(byte), !isInArray || !Self.separatesElements(byte) {
        guard Self.mayBegin(byte, inArray: isInArray) else { return false }
        let isNumber = Self.isDigit(byte) || [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte)
        if isNumber, beginsOddNumber() { return false }
        isDue = false
      }
      switch byte {
      case UInt8(ascii: "\n") where open.isEmpty: return true
      case UInt8(ascii: "#"): skip { $0 != UInt8(ascii: "\n") }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipText()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        open.append(byte)
        isDue = byte == UInt8(ascii: "[")
        advance()
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        _ = open.popLast()
        advance()
      case UInt8(ascii: ","), UInt8(ascii: "="):
        isDue = isInArray || byte == UInt8(ascii: "=")
        advance()
      default: advance()
      }
    }
    return true
  }

  /// A number has a sign at its beginning or behind an `e` alone; a date has one elsewhere, and a time a colon.
  private func beginsOddNumber() -> Bool {
    var last: UInt8 = 0
    for byte in bytes[position...] {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"),
        UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"):
        return false
      case UInt8(ascii: "-") where last != 0 && last | 0x20 != UInt8(ascii: "e"): return true
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "_"):
        last = byte
      default: return true
      }
    }
    return false
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func separatesElements(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#")].contains(byte)
  }

  /// What a value begins with; and what the parser minds itself, in an array a comma or its own bracket.
  private static func mayBegin(_ byte: UInt8, inArray isInArray: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "["), UInt8(ascii: "{"):
      true
    case UInt8(ascii: ","), UInt8(ascii: "]"): isInArray
    case UInt8(ascii: "\n"): !isInArray
    default: false
    }
  }

  private mutating func skipText() {
    let quote = bytes[position]
    let three = [quote, quote, quote]
    let isLong = bytes[position...].starts(with: three)
    for _ in 0..<(isLong ? 3 : 1) { advance() }
    while position < bytes.count {
      if isLong ? bytes[position...].starts(with: three) : bytes[position] == quote { break }
      // A short text ends with its line at the latest: there the parser refuses it.
      if !isLong, bytes[position] == UInt8(ascii: "\n") { return }
      if bytes[position] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") { advance() }
      advance()
    }
    for _ in 0..<(isLong ? 3 : 1) { advance() }
    // Up to two more quotes belong to a long text's content.
    if isLong { skip { $0 == quote } }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private mutating func skip(while condition: (UInt8) -> Bool) {
    while position < bytes.count, condition(bytes[position]) { advance() }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: byte) else { return false }
    advance()
    return true
  }

  private mutating func advance() {
    guard position < bytes.count else { return }
    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
    position += 1
  }
}
