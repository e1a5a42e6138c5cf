// SPDX-License-Identifier: MIT
import JSONValues

/// What a member of a request may hold; null is allowed wherever nothing else is said.
indirect enum FieldRule: Sendable {
  case any
  case required(FieldRule)
  case text
  case boolean
  /// Zero or more; Superset also takes a number written as text.
  case count
  case mapping
  case choice([String], ignoringCase: Bool)
  case list(FieldRule)
  /// `[column or metric, ascending]`
  case order
  case record([String: FieldRule])

  private typealias Path = [ChartQueryError.PathPart]

  /// The value as Superset keeps it: members it does not know are dropped, as its cache keys require.
  func cleaned(
    _ value: JSONValue, at path: [ChartQueryError.PathPart] = []
  ) throws(ChartQueryError) -> JSONValue {
    if case .required(let rule) = self {
      guard !value.isNull else { throw wrong(path, "Field may not be null.") }
      return try rule.cleaned(value, at: path)
    }
    if value.isNull { return value }
    switch self {
    case .any, .required: return value
    case .text: return try checked(value, value.stringValue != nil, path, "Not a valid string.")
    case .boolean: return try checked(value, value.boolValue != nil, path, "Not a valid boolean.")
    case .mapping:
      return try checked(value, value.objectValue != nil, path, "Not a valid mapping type.")
    case .count: return try cleanedCount(value, path)
    case .choice(let words, let ignoringCase):
      return try checked(
        value, isOne(of: words, value, ignoringCase), path,
        "Must be one of: \(words.joined(separator: ", ")).")
    case .list(let rule): return try cleanedList(value, of: rule, path)
    case .order: return try cleanedOrder(value, path)
    case .record(let rules): return try cleanedRecord(value, rules, path)
    }
  }

  private func wrong(_ path: Path, _ reason: String) -> ChartQueryError {
    .incorrect(path: path, reason: reason)
  }

  private func checked(
    _ value: JSONValue, _ isRight: Bool, _ path: Path, _ reason: String
  ) throws(ChartQueryError) -> JSONValue {
    guard isRight else { throw wrong(path, reason) }
    return value
  }

  private func isOne(of words: [String], _ value: JSONValue, _ ignoringCase: Bool) -> Bool {
    guard let text = value.stringValue else { return false }
    return words.contains(ignoringCase ? text.uppercased() : text)
  }

  private func cleanedCount(_ value: JSONValue, _ path: Path) throws(ChartQueryError) -> JSONValue {
    guard let number = value.integerValue ?? value.stringValue.flatMap({ Int($0) }) else {
      throw wrong(path, "Not a valid integer.")
    }
    guard number >= 0 else { throw wrong(path, "Must be greater than or equal to 0.") }
    return .integer(number)
  }

  private func cleanedList(
    _ value: JSONValue, of rule: FieldRule, _ path: Path
  ) throws(ChartQueryError) -> JSONValue {
    guard let elements = value.arrayValue else { throw wrong(path, "Not a valid list.") }
    var cleaned: [JSONValue] = []
    for (index, element) in elements.enumerated() {
      cleaned.append(try rule.cleaned(element, at: path + [.index(index)]))
    }
    return .array(cleaned)
  }

  private func cleanedOrder(_ value: JSONValue, _ path: Path) throws(ChartQueryError) -> JSONValue {
    guard let pair = value.arrayValue else { throw wrong(path, "Not a valid tuple.") }
    guard pair.count == 2 else { throw wrong(path, "Length must be 2.") }
    guard pair[1].boolValue != nil else { throw wrong(path + [.index(1)], "Not a valid boolean.") }
    return value
  }

  private func cleanedRecord(
    _ value: JSONValue, _ rules: [String: FieldRule], _ path: Path
  ) throws(ChartQueryError) -> JSONValue {
    guard let members = value.objectValue else { throw wrong(path, "Invalid input type.") }
    for case (let name, .required) in rules where members[name] == nil {
      throw wrong(path + [.name(name)], "Missing data for required field.")
    }
    var cleaned = JSONObject()
    for (name, member) in members.elements {
      guard let rule = rules[name] else { continue }
      cleaned[name] = try rule.cleaned(member, at: path + [.name(name)])
    }
    return .object(cleaned)
  }
}
