// SPDX-License-Identifier: MIT
import JSONValues

/// JSON as Python's `json.dumps` writes it: a blank after each comma and colon, nothing beyond ASCII.
package struct PythonJSON {
  private let sortsKeys: Bool
  private var output: [UInt8] = []

  private init(sortsKeys: Bool) { self.sortsKeys = sortsKeys }

  /// - Parameter sortsKeys: Python's `sort_keys`.
  package static func bytes(_ value: JSONValue, sortsKeys: Bool = false) -> [UInt8] {
    var writer = PythonJSON(sortsKeys: sortsKeys)
    writer.append(value)
    return writer.output
  }

  private mutating func append(_ value: JSONValue) {
    switch value {
    case .null, .bool, .integer, .literal: JSONWriter.append(value, to: &output)
    case .double(let number): output += PythonText.of(number, forJSON: true).utf8
    case .string(let text): append(text)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output += ", ".utf8 }
        append(element)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members): append(members)
    }
  }

  private mutating func append(_ members: JSONObject) {
    output.append(UInt8(ascii: "{"))
    var elements = Array(members.elements)
    // Python compares code points, which is the order of UTF-8 bytes, not Swift's of characters.
    if sortsKeys { elements.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }
    for (index, member) in elements.enumerated() {
      if index > 0 { output += ", ".utf8 }
      append(member.key)
      output += ": ".utf8
      append(member.value)
    }
    output.append(UInt8(ascii: "}"))
  }

  private mutating func append(_ text: String) {
    output.append(UInt8(ascii: "\""))
    for unit in text.utf16 {
      switch unit {
      case 0x22, 0x5C: output += [UInt8(ascii: "\\"), UInt8(unit)]
      case 0x20...0x7E: output.append(UInt8(unit))
      case 0x08: output += "\\b".utf8
      case 0x09: output += "\\t".utf8
      case 0x0A: output += "\\n".utf8
      case 0x0C: output += "\\f".utf8
      case 0x0D: output += "\\r".utf8
      default:
        let digits = String(unit, radix: 16)
        output += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
