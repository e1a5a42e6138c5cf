// SPDX-License-Identifier: MIT
import JSONValues

/// JSON as Python's `json.dumps` writes it: a blank after each comma and colon, nothing beyond ASCII.
enum PythonJSON {
  static func bytes(_ value: JSONValue) -> [UInt8] {
    var output: [UInt8] = []
    append(value, to: &output)
    return output
  }

  private static func append(_ value: JSONValue, to output: inout [UInt8]) {
    switch value {
    case .double(let number): append(number, to: &output)
    case .string(let text): append(text, to: &output)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output += ", ".utf8 }
        append(element, to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.elements.enumerated() {
        if index > 0 { output += ", ".utf8 }
        append(member.key, to: &output)
        output += ": ".utf8
        append(member.value, to: &output)
      }
      output.append(UInt8(ascii: "}"))
    default: JSONWriter.append(value, to: &output)
    }
  }

  /// Swift goes over to exponents from 2 to the 53rd power on, Python from 10 to the 16th.
  private static func append(_ number: Double, to output: inout [UInt8]) {
    guard (0x1p53..<1e16).contains(number.magnitude) else {
      JSONWriter.append(number, to: &output)
      return
    }
    output += "\(Int(number)).0".utf8
  }

  private static func append(_ text: String, to output: inout [UInt8]) {
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
