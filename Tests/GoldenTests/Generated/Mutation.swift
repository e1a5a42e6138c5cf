// SPDX-License-Identifier: MIT
import JSONValues

/// Puts something else into one place of a document.
enum Mutation {
  private static let values: [JSONValue] = [
    nil, true, false, 0, -1, 1.5, 9_007_199_254_740_993, "", "x", "'; DROP TABLE x; --", "\u{0}",
    "{{ 1 }}", "a\"b", [], [nil], ["x"], [[]], [:], ["a": 1], ["label": "l"],
    ["sqlExpression": "1", "label": "l"],
  ]

  static func mutated(_ value: JSONValue, _ random: inout RandomChoices) -> JSONValue {
    switch value {
    case .object(var members) where !members.isEmpty && !random.isTrue(10):
      let name = random.one(of: Array(members.keys))
      switch Int.random(in: 0..<10, using: &random) {
      case 0: _ = members.removeValue(forKey: name)
      case 1: members[random.one(of: ["foo", "datasource", "where"])] = random.one(of: values)
      default: members[name] = mutated(members[name] ?? nil, &random)
      }
      return .object(members)
    case .array(var elements) where !elements.isEmpty && !random.isTrue(15):
      let place = Int.random(in: elements.indices, using: &random)
      elements[place] = mutated(elements[place], &random)
      return .array(elements)
    default: return random.one(of: values)
    }
  }
}
