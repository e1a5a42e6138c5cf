// SPDX-License-Identifier: MIT
import JSONValues

/// Takes the members of a message's objects; null counts as absent.
struct MemberReader {
  private let members: JSONObject

  init(_ members: JSONObject) { self.members = members }

  func name(_ name: String) throws(CeleryMessageError) -> String {
    let found = try member(name, "a name") { $0.stringValue.flatMap { $0.isEmpty ? nil : $0 } }
    guard let found else { throw .badMember(name, expected: "a name") }
    return found
  }

  func text(_ name: String) throws(CeleryMessageError) -> String? {
    try member(name, "a text", \.stringValue)
  }

  func texts(_ name: String) throws(CeleryMessageError) -> [String] {
    try member(name, "a list of texts") { value in
      let texts = value.arrayValue?.compactMap(\.stringValue)
      return texts?.count == value.arrayValue?.count ? texts : nil
    } ?? []
  }

  func object(_ name: String) throws(CeleryMessageError) -> JSONObject? {
    try member(name, "an object", \.objectValue)
  }

  func array(_ name: String) throws(CeleryMessageError) -> [JSONValue]? {
    try member(name, "an array", \.arrayValue)
  }

  func flag(_ name: String, standard: Bool = false) throws(CeleryMessageError) -> Bool {
    try member(name, "true or false", \.boolValue) ?? standard
  }

  func count(_ name: String) throws(CeleryMessageError) -> Int? {
    try member(name, "a count") { value in value.integerValue.flatMap { $0 < 0 ? nil : $0 } }
  }

  /// - Parameter naive: false where a time without an offset is not UTC, and so is not known.
  func moment(_ name: String, naive: Bool = true) throws(CeleryMessageError) -> CeleryInstant? {
    let form = naive ? "a moment in ISO 8601" : "a moment in ISO 8601 with an offset"
    return try member(name, form) {
      $0.stringValue.flatMap { CeleryInstant(iso8601: $0, naive: naive) }
    }
  }

  /// The hard and the soft limit in seconds, in this order.
  func limits(_ name: String) throws(CeleryMessageError) -> (hard: Double?, soft: Double?) {
    let limits = try member(name, "a pair of seconds") { value -> [Double?]? in
      guard let pair = value.arrayValue, pair.count == 2 else { return nil }
      let limits = pair.map(Self.seconds)
      return zip(pair, limits).allSatisfy { $0.isNull || $1 != nil } ? limits : nil
    }
    return (limits?[0], limits?[1])
  }

  /// One signature or a list of them.
  func signatures(_ name: String) throws(CeleryMessageError) -> [CelerySignature] {
    guard let value = members[name], !value.isNull else { return [] }
    guard let list = value.arrayValue ?? value.objectValue.map({ [.object($0)] }) else {
      throw .badMember(name, expected: CelerySignature.listForm)
    }
    var signatures: [CelerySignature] = []
    for element in list { signatures.append(try CelerySignature(element, in: name)) }
    return signatures
  }

  func signature(_ name: String) throws(CeleryMessageError) -> CelerySignature? {
    guard let value = members[name], !value.isNull else { return nil }
    return try CelerySignature(value, in: name)
  }

  /// As kombu takes it: what is no number counts as none, and what is beyond 0 to 9 as the nearest of them.
  var priority: Int {
    let value = members["priority"]
    let number = value?.integerValue ?? value?.stringValue.flatMap { Int($0) } ?? 0
    return min(max(number, 0), 9)
  }

  private func member<Value>(
    _ name: String, _ expected: String, _ convert: (JSONValue) -> Value?
  ) throws(CeleryMessageError) -> Value? {
    guard let value = members[name], !value.isNull else { return nil }
    guard let converted = convert(value) else { throw .badMember(name, expected: expected) }
    return converted
  }

  private static func seconds(_ value: JSONValue) -> Double? {
    value.doubleValue.flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
  }
}
