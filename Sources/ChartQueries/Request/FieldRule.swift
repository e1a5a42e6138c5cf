// SPDX-License-Identifier: MIT
import JSONValues

/// What a member of a request may hold; null only where it is `nullable`.
///
/// These are the rules of marshmallow, the library that Superset describes its requests with, and its sentences.
indirect enum FieldRule: Sendable {
  case any
  case required(FieldRule)
  case nullable(FieldRule)
  case text
  /// Also as a word or as 0 and 1.
  case boolean
  /// A number, or the digits of one; what stands behind the point is cut off.
  case integer
  /// An integer that is not below 0, else this sentence.
  case count(String)
  /// Not below 0, else this sentence.
  case number(String)
  /// Texts alone under the keys, or anything.
  case mapping(keys: [String]?, hasTexts: Bool)
  case choice([String])
  case choiceIgnoringCase([String])
  /// Texts, and no value of another kind.
  case textChoice([String])
  case list(FieldRule)
  /// `[column or metric, ascending]`
  case order
  case record([(name: String, rule: FieldRule)], dropsUnknown: Bool)

  static let dictionary = FieldRule.mapping(keys: nil, hasTexts: false)

  /// The value as Superset keeps it: some members it does not know are dropped, as its cache keys require.
  func cleaned(_ value: JSONValue) throws(FieldFault) -> JSONValue {
    switch self {
    case .required(let rule): return try rule.cleaned(value)
    case .nullable(let rule): return value.isNull ? value : try rule.cleaned(value)
    case _ where value.isNull: throw FieldFault("Field may not be null.")
    case .any: return value
    case .text: return try Self.text(value)
    case .boolean: return try Self.boolean(value)
    case .integer: return .integer(try Self.integer(value))
    case .count(let sentence): return .integer(try Self.count(value, sentence))
    case .number(let sentence): return try Self.number(value, sentence)
    case .mapping(let keys, let hasTexts): return try Self.mapping(value, keys, hasTexts)
    case .choice(let words):
      guard words.contains(where: { value == .string($0) }) else { throw Self.noneOf(words) }
      return value
    case .textChoice(let words): return try Self.textChoice(value, words) { $0 }
    case .choiceIgnoringCase(let words):
      return try Self.textChoice(value, words) { $0.lowercased() }
    case .list(let rule): return try Self.list(value, of: rule)
    case .order: return try Self.order(value)
    case .record(let rules, let dropsUnknown): return try Self.record(value, rules, dropsUnknown)
    }
  }

  private static func text(_ value: JSONValue) throws(FieldFault) -> JSONValue {
    guard value.stringValue != nil else { throw FieldFault("Not a valid string.") }
    return value
  }

  private static func noneOf(_ words: [String]) -> FieldFault {
    FieldFault("Must be one of: \(words.joined(separator: ", ")).")
  }

  private static func textChoice(
    _ value: JSONValue, _ words: [String], _ folded: (String) -> String
  ) throws(FieldFault) -> JSONValue {
    let text = try text(value).stringValue ?? ""
    guard words.contains(where: { folded($0) == folded(text) }) else { throw noneOf(words) }
    return value
  }

  private static func mapping(
    _ value: JSONValue, _ keys: [String]?, _ hasTexts: Bool
  ) throws(FieldFault) -> JSONValue {
    guard let members = value.objectValue else { throw FieldFault("Not a valid mapping type.") }
    var faults = FieldFault.Collection(kind: "defaultdict(<class 'dict'>")
    for (name, member) in members.elements {
      var fault = FieldFault.Collection()
      if let keys, !keys.contains(name) { fault.add("key", noneOf(keys)) }
      if hasTexts, member.isNull { fault.add("value", FieldFault("Field may not be null.")) }
      if hasTexts, !member.isNull, member.stringValue == nil {
        fault.add("value", FieldFault("Not a valid string."))
      }
      do { try fault.raise() } catch { faults.add(name, error) }
    }
    try faults.raise()
    return value
  }

  private static func list(
    _ value: JSONValue, of rule: FieldRule
  ) throws(FieldFault) -> JSONValue {
    guard let elements = value.arrayValue else { throw FieldFault("Not a valid list.") }
    var cleaned: [JSONValue] = []
    var faults = FieldFault.Collection()
    for (index, element) in elements.enumerated() {
      do { cleaned.append(try rule.cleaned(element)) } catch { faults.add(index, error) }
    }
    try faults.raise()
    return .array(cleaned)
  }

  private static func order(_ value: JSONValue) throws(FieldFault) -> JSONValue {
    guard let pair = value.arrayValue else { throw FieldFault("Not a valid tuple.") }
    guard pair.count == 2 else { throw FieldFault("Length must be 2.") }
    var faults = FieldFault.Collection()
    if pair[0].isNull { faults.add(0, FieldFault("Field may not be null.")) }
    if [.string(""), .array([]), .object([:])].contains(pair[0]) {
      faults.add(0, FieldFault("orderby column must be populated"))
    }
    var isAscending = pair[1]
    do { isAscending = try FieldRule.boolean.cleaned(pair[1]) } catch { faults.add(1, error) }
    try faults.raise()
    return [pair[0], isAscending]
  }

  private static func record(
    _ value: JSONValue, _ rules: [(name: String, rule: FieldRule)], _ dropsUnknown: Bool
  ) throws(FieldFault) -> JSONValue {
    guard let members = value.objectValue else {
      throw FieldFault("_schema", "Invalid input type.")
    }
    var cleaned = JSONObject()
    var faults = FieldFault.Collection()
    for (name, rule) in rules {
      guard let member = members[name] else {
        if case .required = rule {
          faults.add(name, FieldFault("Missing data for required field."))
        }
        continue
      }
      do { cleaned[name] = try rule.cleaned(member) } catch { faults.add(name, error) }
    }
    if !dropsUnknown {
      for (name, _) in members.elements where !rules.contains(where: { $0.name == name }) {
        faults.add(name, FieldFault("Unknown field."))
      }
    }
    try faults.raise()
    return .object(cleaned)
  }
}
