// SPDX-License-Identifier: MIT

extension JSONValue {
  /// The value as JSON on one line, without blanks, members in their order.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The bytes of ``text``.
  package var bytes: [UInt8] {
    var output: [UInt8] = []
    JSONWriter.append(self, to: &output)
    return output
  }
}

/// JSON written into a growing buffer of bytes; bulk rows are written with the same pieces.
package enum JSONWriter {
  package static func append(_ value: JSONValue, to output: inout [UInt8]) {
    switch value {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let number): append(number, to: &output)
    case .double(let number): append(number, to: &output)
    case .literal(let text): output.append(contentsOf: text.utf8)
    case .string(let text): append(text, to: &output)
    case .array(let elements): append(elements, to: &output)
    case .object(let members): append(members, to: &output)
    }
  }

  package static func append(_ number: Int, to output: inout [UInt8]) {
    output.append(contentsOf: String(number).utf8)
  }

  /// The shortest text that reads back as the same number; null for what JSON cannot hold.
  package static func append(_ number: Double, to output: inout [UInt8]) {
    output.append(contentsOf: (number.isFinite ? number.description : "null").utf8)
  }

  /// A quoted string: quotes, backslashes and control characters escaped, everything else as UTF-8.
  package static func append(_ text: some StringProtocol, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case 0..<0x20: appendEscape(of: byte, to: &output)
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func append(_ elements: [JSONValue], to output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      append(element, to: &output)
    }
    output.append(UInt8(ascii: "]"))
  }

  private static func append(_ members: JSONObject, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "{"))
    for (index, member) in members.elements.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      append(member.key, member.value, to: &output)
    }
    output.append(UInt8(ascii: "}"))
  }

  /// One member of an object, for who writes its braces and commas himself.
  package static func append(_ name: String, _ value: JSONValue, to output: inout [UInt8]) {
    append(name, to: &output)
    output.append(UInt8(ascii: ":"))
    append(value, to: &output)
  }

  private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case 0x08: output.append(contentsOf: "\\b".utf8)
    case 0x09: output.append(contentsOf: "\\t".utf8)
    case 0x0A: output.append(contentsOf: "\\n".utf8)
    case 0x0C: output.append(contentsOf: "\\f".utf8)
    case 0x0D: output.append(contentsOf: "\\r".utf8)
    default:
      let digits = String(byte, radix: 16)
      output.append(contentsOf: "\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8)
    }
  }
}
