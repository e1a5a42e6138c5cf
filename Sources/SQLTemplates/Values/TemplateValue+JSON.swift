// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

extension TemplateValue {
  package init(_ json: JSONValue) {
    switch json {
    case .null: self = .none
    case .bool(let flag): self = .boolean(flag)
    case .integer(let number): self = .integer(number)
    case .double(let number): self = .real(number)
    case .literal(let text): self = .real(Double(text) ?? .infinity)
    case .string(let text): self = .text(text)
    case .array(let elements): self = .list(elements.map(TemplateValue.init))
    case .object(let members):
      let pairs = members.elements.map { ($0.key, TemplateValue($0.value)) }
      self = .dictionary(TemplateDictionary(pairs))
    }
  }

  /// - Throws: what Python's `json.dumps` says to what has no place in JSON; limits of size and nesting.
  package func json() throws(TemplateError) -> JSONValue { try json(Budget()) }

  func json(_ budget: Budget) throws(TemplateError) -> JSONValue {
    try budget.enter()
    defer { budget.leave() }
    try budget.step()
    switch self {
    case .none: return .null
    case .boolean(let flag): return .bool(flag)
    case .integer(let number): return .integer(number)
    case .real(let number):
      return number.isFinite ? .double(number) : .literal(PythonText.of(number, forJSON: true))
    case .text(let text): return .string(text)
    case .list(let list): return try Self.array(list.items, budget)
    case .tuple(let tuple): return try Self.array(tuple.items, budget)
    case .dictionary(let dictionary): return try Self.object(dictionary, budget)
    case .range, .undefined, .callable, .object:
      throw .type("Object of type \(typeName) is not JSON serializable")
    }
  }

  private static func array(
    _ items: [TemplateValue], _ budget: Budget
  ) throws(TemplateError) -> JSONValue {
    var elements: [JSONValue] = []
    for item in items { elements.append(try item.json(budget)) }
    return .array(elements)
  }

  private static func object(
    _ dictionary: TemplateDictionary, _ budget: Budget
  ) throws(TemplateError) -> JSONValue {
    var members = JSONObject()
    for entry in dictionary.entries.values {
      members[try name(of: entry.key)] = try entry.value.json(budget)
    }
    return .object(members)
  }

  private static func name(of key: TemplateValue) throws(TemplateError) -> String {
    switch key {
    case .text(let text): text
    case .none: "null"
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .real(let number): PythonText.of(number, forJSON: true)
    default:
      throw .type(
        "keys must be str, int, float, bool or None, not \(key.typeName)")
    }
  }
}
