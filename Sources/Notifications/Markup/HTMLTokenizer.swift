// SPDX-License-Identifier: MIT

/// Takes HTML apart as browsers do, as far as tags are concerned; each byte is looked at a bounded number of times.
struct HTMLTokenizer {
  struct Attribute: Hashable {
    let name: String
    /// With its character references replaced by what they stand for.
    let value: String
  }

  enum Token: Hashable {
    /// With its character references as they were.
    case text(String)
    /// Names are in lower case.
    case open(String, [Attribute])
    case close(String)
  }

  /// Attributes of a tag that are kept; a page has no more.
  private static let attributeLimit = 50

  private let bytes: [UInt8]
  private var position = 0

  init(_ html: String) { bytes = Array(html.utf8) }

  mutating func next() -> Token? {
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "<") else { return text() }
      switch peek(1) {
      case UInt8(ascii: "!"):
        skipDeclaration()
      case UInt8(ascii: "?"):
        skip(past: ">")
      case UInt8(ascii: "/"):
        guard let letter = peek(2) else { return text() }
        guard Self.isLetter(letter) else {
          skip(past: ">")
          continue
        }
        position += 2
        let name = name()
        skipAttributes()
        return .close(name)
      case .some(let letter) where Self.isLetter(letter):
        position += 1
        let name = name()
        guard let attributes = attributes() else { return nil }
        return .open(name, attributes)
      default: return text()
      }
    }
    return nil
  }

  /// Goes behind the end of an element in which there are no tags, or to the end of all where it has none.
  mutating func skipContent(of name: String) {
    let end = Array("</\(name)".utf8)
    while position < bytes.count {
      guard let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) else { break }
      position = start
      let found = bytes[start...].prefix(end.count).elementsEqual(end) { byte, wanted in
        byte == wanted || Self.isLetter(byte) && byte | 0x20 == wanted
      }
      if found, peek(end.count).map({ !Self.isNameByte($0) }) ?? true { return }
      position += 1
    }
    position = bytes.count
  }

  /// Up to the next tag; what begins as one and is none belongs to it.
  private mutating func text() -> Token {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
    return .text(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func skipDeclaration() {
    guard peek(2) == UInt8(ascii: "-"), peek(3) == UInt8(ascii: "-") else {
      skip(past: ">")
      return
    }
    position += 4
    // A comment that ends as soon as it begins.
    if peek(0) == UInt8(ascii: ">") { return position += 1 }
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: ">"), bytes[position - 1] == UInt8(ascii: "-"),
        bytes[position - 2] == UInt8(ascii: "-")
      {
        position += 1
        return
      }
      position += 1
    }
  }

  private mutating func skip(past character: Unicode.Scalar) {
    while position < bytes.count, bytes[position] != UInt8(ascii: character) { position += 1 }
    position = min(bytes.count, position + 1)
  }

  private mutating func name() -> String {
    let start = position
    while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
  }

  private mutating func skipAttributes() { _ = attributes() }

  /// Up to the end of the tag; nil where it has none: then it is no tag, and nothing follows.
  private mutating func attributes() -> [Attribute]? {
    var found: [Attribute] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: ">") {
        position += 1
        return found
      }
      if Self.isBlank(byte) || byte == UInt8(ascii: "/") {
        position += 1
        continue
      }
      let attribute = attribute()
      let isKnown = found.contains { $0.name == attribute.name }
      if found.count < Self.attributeLimit, !isKnown { found.append(attribute) }
    }
    return nil
  }

  private mutating func attribute() -> Attribute {
    let start = position
    // An equals sign at the beginning is part of the name.
    position += 1
    while position < bytes.count, !Self.isBlank(bytes[position]),
      !"/>=".utf8.contains(bytes[position])
    { position += 1 }
    let name = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
    let end = position
    skipBlanks()
    guard peek(0) == UInt8(ascii: "=") else {
      position = end
      return Attribute(name: name, value: "")
    }
    position += 1
    skipBlanks()
    return Attribute(name: name, value: HTMLText.resolved(value()))
  }

  private mutating func value() -> String {
    guard let quote = peek(0), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let start = position
      while position < bytes.count, !Self.isBlank(bytes[position]),
        bytes[position] != UInt8(ascii: ">")
      { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != quote { position += 1 }
    defer { position = min(bytes.count, position + 1) }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  private func peek(_ offset: Int) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    !isBlank(byte) && byte != UInt8(ascii: "/") && byte != UInt8(ascii: ">")
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
