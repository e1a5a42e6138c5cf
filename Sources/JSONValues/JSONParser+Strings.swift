// SPDX-License-Identifier: MIT

extension JSONParser {
  mutating func parseString() throws(JSONError) -> String {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\""),
      bytes[position] != UInt8(ascii: "\\"), bytes[position] >= 0x20
    {
      position += 1
    }
    if try peek() == UInt8(ascii: "\"") {
      defer { position += 1 }
      return try text(bytes[start..<position], from: start)
    }
    return try parseEscapedString(from: start)
  }

  /// Follows a string as ``parseString()`` does, in constant memory; returns an empty one.
  mutating func skipString() throws(JSONError) -> String {
    position += 1
    let start = position
    var scanner = UTF8Scanner()
    var escape: [UInt8] = []
    var isText = true
    while true {
      let byte = try peek()
      position += 1
      isText = isText && scanner.take(byte)
      switch byte {
      case UInt8(ascii: "\""):
        guard isText else {
          throw JSONError(kind: .invalid("a string is not UTF-8"), offset: start)
        }
        return ""
      case UInt8(ascii: "\\"):
        try parseEscape(into: &escape)
        escape.removeAll(keepingCapacity: true)
      case 0..<0x20:
        position -= 1
        throw invalid("a control character in a string")
      default: break
      }
    }
  }

  private mutating func parseEscapedString(from start: Int) throws(JSONError) -> String {
    var buffer = Array(bytes[start..<position])
    while true {
      let byte = try peek()
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try text(buffer[...], from: start)
      case UInt8(ascii: "\\"): try parseEscape(into: &buffer)
      case 0..<0x20:
        position -= 1
        throw invalid("a control character in a string")
      default: buffer.append(byte)
      }
    }
  }

  private mutating func parseEscape(into buffer: inout [UInt8]) throws(JSONError) {
    let byte = try peek()
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
    case UInt8(ascii: "b"): buffer.append(0x08)
    case UInt8(ascii: "f"): buffer.append(0x0C)
    case UInt8(ascii: "n"): buffer.append(0x0A)
    case UInt8(ascii: "r"): buffer.append(0x0D)
    case UInt8(ascii: "t"): buffer.append(0x09)
    case UInt8(ascii: "u"): buffer.append(contentsOf: String(try parseUnicodeEscape()).utf8)
    default:
      position -= 1
      throw invalid("an unknown escape")
    }
  }

  /// The scalar of `XXXX` or of a surrogate pair; a lone surrogate becomes U+FFFD.
  private mutating func parseUnicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    let high = try parseHexadecimals()
    guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) ?? replacement }
    let rest = bytes[position...].prefix(6)
    guard rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
      if rest.isEmpty || rest.elementsEqual([UInt8(ascii: "\\")]) { throw incomplete() }
      return replacement
    }
    let saved = position
    position += 2
    let low = try parseHexadecimals()
    guard (0xDC00..<0xE000).contains(low) else {
      position = saved
      return replacement
    }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? replacement
  }

  private mutating func parseHexadecimals() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek()
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw invalid("a hexadecimal digit is missing")
      }
      value = value << 4 + UInt32(digit)
      position += 1
    }
    return value
  }

  private func text(_ slice: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw JSONError(kind: .invalid("a string is not UTF-8"), offset: start)
    }
    return text
  }
}
