// SPDX-License-Identifier: MIT
import JSONValues

/// A filter's value as SQL, after Superset's rules for the type of the column.
enum FilterValue: Hashable {
  case null
  case literal(String)

  var text: String {
    switch self {
    case .null: "NULL"
    case .literal(let text): text
    }
  }

  init(
    _ value: JSONValue, for target: FilterTarget, asPattern: Bool
  ) throws(ChartQueryError) {
    switch value {
    case .string(let text): self = Self.text(text, target, asPattern)
    case .bool(let flag): self = .literal(target.dialect.truth(flag))
    case .integer, .double: self = try Self.number(value.doubleValue ?? 0, value, target)
    case .null, .array, .object: self = .null
    case .literal(let digits): self = .literal(digits)
    }
  }

  private static func text(
    _ value: String, _ target: FilterTarget, _ asPattern: Bool
  ) -> FilterValue {
    let text = value.trimmed { $0 == "\t" || $0 == "\n" }
    if target.type == .numeric && !asPattern { return number(text) }
    switch text {
    case "<NULL>": return .null
    case "<empty string>": return .literal("''")
    default: break
    }
    guard target.type == .boolean else { return .literal(target.dialect.text(text)) }
    let isTrue = text.trimmed(where: \.isWhitespace).lowercased() == "true"
    return .literal(target.dialect.truth(isTrue))
  }

  /// Text against a column of numbers; what is no number becomes NULL.
  private static func number(_ text: String) -> FilterValue {
    let trimmed = text.trimmed(where: \.isWhitespace)
    if let number = Int(text), text.allSatisfy(\.isNumber) { return .literal(String(number)) }
    guard let number = Double(trimmed), number.isFinite else { return .null }
    return .literal(PythonText.number(number))
  }

  private static func number(
    _ number: Double, _ value: JSONValue, _ target: FilterTarget
  ) throws(ChartQueryError) -> FilterValue {
    switch target.type {
    case .temporal:
      guard let microseconds = Int(exactly: (number * 1_000).rounded()) else { return .null }
      let time = CivilTime(microseconds: microseconds)
      return .literal(try target.dialect.time(time, for: target.column))
    case .boolean: return .literal(target.dialect.truth(number != 0))
    case .numeric, .string: return .literal(PythonText.json(value))
    }
  }
}

extension String {
  func trimmed(where isDropped: (Character) -> Bool) -> String {
    let kept = drop(while: isDropped)
    let end = kept.lastIndex { !isDropped($0) }
    return end.map { String(kept[...$0]) } ?? ""
  }
}
