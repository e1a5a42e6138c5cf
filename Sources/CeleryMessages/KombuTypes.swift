// SPDX-License-Identifier: MIT
import JSONValues

/// What kombu writes for values that JSON does not have: `{"__type__": "date", "__value__": "2030-01-02"}`.
///
/// They become what a task in any language can read: a datetime, a date and a time their ISO 8601, a decimal its digits, a
/// uuid its usual form with dashes, bytes their text, or base64 where they are none; each of them a string.
enum KombuTypes {
  private static let texts: Set = ["datetime", "date", "time", "decimal", "bytes", "base64"]

  static func plain(_ value: JSONValue) throws(CeleryMessageError) -> JSONValue {
    // Most messages have none of these: then nothing is made anew.
    guard hasTypes(value) else { return value }
    switch value {
    case .array(let elements):
      var plain: [JSONValue] = []
      plain.reserveCapacity(elements.count)
      for element in elements { plain.append(try self.plain(element)) }
      return .array(plain)
    case .object(let members):
      if members.count == 2, let type = members["__type__"], let inner = members["__value__"] {
        return try plain(inner, type: type)
      }
      return .object(try plain(members))
    default: return value
    }
  }

  static func plain(_ members: JSONObject) throws(CeleryMessageError) -> JSONObject {
    guard hasTypes(.object(members)) else { return members }
    var plain = members
    for index in members.elements.indices {
      let member = members.elements[index]
      plain[member.key] = try self.plain(member.value)
    }
    return plain
  }

  private static func hasTypes(_ value: JSONValue) -> Bool {
    switch value {
    case .array(let elements): elements.contains(where: hasTypes)
    case .object(let members):
      members["__type__"] != nil || members.values.contains(where: hasTypes)
    default: false
    }
  }

  private static func plain(
    _ value: JSONValue, type: JSONValue
  ) throws(CeleryMessageError) -> JSONValue {
    guard let name = type.stringValue else { throw .unknownType(type.text) }
    if texts.contains(name) {
      guard value.stringValue != nil else { throw .badMember("__value__", expected: "a \(name)") }
      return value
    }
    guard name == "uuid" else { throw .unknownType(name) }
    let digits = value.stringValue ?? value["hex"]?.stringValue ?? ""
    guard let uuid = dashed(digits) else { throw .badMember("__value__", expected: "a uuid") }
    return .string(uuid)
  }

  private static func dashed(_ text: String) -> String? {
    let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
    guard digits.count == 32, let text = String(validating: digits, as: UTF8.self),
      text.allSatisfy(\.isHexDigit)
    else { return nil }
    var rest = text.lowercased()[...]
    let parts = [8, 4, 4, 4, 12].map { length in
      defer { rest = rest.dropFirst(length) }
      return String(rest.prefix(length))
    }
    return parts.joined(separator: "-")
  }
}
