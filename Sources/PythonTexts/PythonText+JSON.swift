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
    case .double(let number): of(number)
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

  /// `json.dumps(value, sort_keys=True)`: what Superset's cache keys are the MD5 of.
  package static func json(_ value: JSONValue) -> String {
    String(decoding: PythonJSON.bytes(value, sortsKeys: true), as: UTF8.self)
  }
}
