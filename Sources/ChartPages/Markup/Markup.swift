// SPDX-License-Identifier: MIT

/// HTML or SVG that is well formed: what came from data stands in it as text alone.
struct Markup: Hashable, Sendable {
  private(set) var bytes: [UInt8] = []

  init() {}

  /// Of the program's own words, never of data.
  init(_ trusted: StaticString) {
    bytes = trusted.withUTF8Buffer(Array.init)
  }

  /// Text of any origin.
  init(text: String) { append(text: text) }

  static func + (left: Markup, right: Markup) -> Markup {
    var output = left
    output.append(right)
    return output
  }

  static func += (left: inout Markup, right: Markup) { left.append(right) }

  mutating func append(_ other: Markup) { bytes += other.bytes }

  mutating func append(text: String) {
    Self.escape(PlainText.cleaned(text), into: &bytes)
  }

  /// An element with its attributes, whose values may be of any origin.
  init(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>, _ content: Markup
  ) {
    open(name, attributes)
    bytes.append(UInt8(ascii: ">"))
    bytes += content.bytes
    append("</", name)
    bytes.append(UInt8(ascii: ">"))
  }

  /// An element without attributes.
  init(_ name: StaticString, _ content: Markup) { self.init(name, [:], content) }

  /// An element without content, as SVG and HTML both read it.
  init(empty name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) {
    open(name, attributes)
    bytes += "/>".utf8
  }

  /// An attribute of an element that is written in pieces.
  init(attribute name: StaticString, _ value: String) {
    append(name, value)
  }

  private mutating func open(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>
  ) {
    append("<", name)
    // An attribute without a value says nothing.
    for (key, value) in attributes where !value.isEmpty { append(key, value) }
  }

  private mutating func append(_ attribute: StaticString, _ value: String) {
    append(" ", attribute)
    bytes += "=\"".utf8
    Self.escape(value, into: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ before: String, _ name: StaticString) {
    bytes += before.utf8
    name.withUTF8Buffer { bytes += $0 }
  }

  private static func escape(_ text: String, into bytes: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      case 0..<0x20: bytes.append(0x20)
      default: bytes.append(byte)
      }
    }
  }
}

extension Markup {
  static func joined(_ parts: [Markup]) -> Markup {
    var output = Markup()
    for part in parts { output.append(part) }
    return output
  }
}
