// SPDX-License-Identifier: MIT
import JSONValues

/// Values of JSON as Python prints them, where Superset's messages and cache keys are made of such text.
extension PythonText {
  /// What Python calls the type of a value.
  package static func typeName(of value: JSONValue) -> String {
    switch value {
    case .null: "NoneType"
    case .bool: "bool"
    case .integer: "int"
    case .double: "float"
    case .literal(let text): text.contains { ".eE".contains($0) } ? "float" : "int"
    case .string: "str"
    case .array: "list"
    case .object: "dict"
    }
  }

  /// `str()`: a text is itself.
  package static func plain(_ value: JSONValue) -> String { value.stringValue ?? printed(value) }

  /// `repr()`
  package static func printed(_ value: JSONValue) -> String {
    switch value {
    case .null: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .integer(let number): String(number)
    case .double(let number): self.number(number)
    case .literal(let text): text
    case .string(let text): quoted(text)
    case .array(let elements): "[\(elements.map(printed).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.elements.map { "\(quoted($0.key)): \(printed($0.value))" }.joined(separator: ", "))}"
    }
  }

  package static func list(_ texts: [String]) -> String {
    "[\(texts.map(quoted).joined(separator: ", "))]"
  }

  /// `repr()` of a float: scientific from 1e16 on, where Swift begins at 2^53.
  package static func number(_ number: Double) -> String {
    guard number.magnitude >= 0x1p53, number.magnitude < 1e16 else { return number.description }
    return "\(Int(number)).0"
  }

  /// `json.dumps(value, sort_keys=True)`: what Superset's cache keys are the MD5 of.
  package static func json(_ value: JSONValue) -> String {
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    case .double(let number): return self.number(number)
    case .literal(let text): return text
    case .string(let text): return ascii(text)
    case .array(let elements): return "[\(elements.map(json).joined(separator: ", "))]"
    case .object(let members):
      // Python compares code points, which is the order of UTF-8 bytes, not Swift's of characters.
      let sorted = members.elements.sorted {
        $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
      }
      return "{\(sorted.map { "\(ascii($0.key)): \(json($0.value))" }.joined(separator: ", "))}"
    }
  }

  private static func ascii(_ text: String) -> String {
    var escaped = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x22: escaped += "\\\""
      case 0x5C: escaped += "\\\\"
      case 0x08: escaped += "\\b"
      case 0x09: escaped += "\\t"
      case 0x0A: escaped += "\\n"
      case 0x0C: escaped += "\\f"
      case 0x0D: escaped += "\\r"
      case 0x20..<0x7F: escaped.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return escaped + "\""
  }
}
