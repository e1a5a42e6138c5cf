// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// A filter's value, after Superset's rules for the type of the column.
enum FilterValue: Hashable {
  case null
  case text(String)
  /// Digits.
  case integer(String)
  /// As Python prints it.
  case real(String)
  case flag(Bool)
  /// A time as SQL, in the form that its column is compared with.
  case time(String)
  /// A list or an object, which no database could be asked for.
  case other(JSONValue)

  init(
    _ value: JSONValue, for target: FilterTarget, asPattern: Bool
  ) throws(ChartQueryError) {
    switch value {
    case .null: self = .null
    case .string(let text): self = Self.text(text, target, asPattern)
    case .bool(let flag):
      // Python counts truth among the numbers.
      let isTime = target.type == .temporal && target.column != nil
      self = try isTime ? Self.time(flag ? 1 : 0, target) : .flag(flag)
    case .integer, .double, .literal: self = try Self.number(value, target)
    case .array, .object: self = target.type == .boolean ? .flag(false) : .other(value)
    }
  }

  private static func text(
    _ value: String, _ target: FilterTarget, _ asPattern: Bool
  ) -> FilterValue {
    let text = value.trimmed { $0 == "\t" || $0 == "\n" }
    if target.type == .numeric && !asPattern { return number(text) }
    if text == "<NULL>" { return .null }
    let meant = text == "<empty string>" ? "" : text
    guard target.type == .boolean, text != "<empty string>" else { return .text(meant) }
    return .flag(text.trimmed(where: \.isWhitespace).lowercased() == "true")
  }

  /// Text against a column of numbers; what is no number becomes NULL.
  private static func number(_ text: String) -> FilterValue {
    if let number = Int(text), text.allSatisfy(\.isNumber) { return .integer(String(number)) }
    guard let number = Double(text.trimmed(where: \.isWhitespace)), number.isFinite else {
      return .null
    }
    return .real(PythonText.of(number))
  }

  private static func number(
    _ value: JSONValue, _ target: FilterTarget
  ) throws(ChartQueryError) -> FilterValue {
    switch target.type {
    case .temporal: return try time(value.doubleValue ?? 0, target)
    case .boolean: return .flag(value.doubleValue != 0)
    case .numeric, .string:
      let text = PythonText.json(value)
      return text.contains { ".eEn".contains($0) } ? .real(text) : .integer(text)
    }
  }

  private static func time(
    _ milliseconds: Double, _ target: FilterTarget
  ) throws(ChartQueryError) -> FilterValue {
    guard let microseconds = Int(exactly: (milliseconds * 1_000).rounded()),
      CivilTime.reach.contains(microseconds)
    else { throw .breaksOff(reason: "year is out of range") }
    let time = CivilTime(microseconds: microseconds)
    return .time(try target.dialect.time(time, for: target.column))
  }

  func sql(in dialect: any SQLText) throws(ChartQueryError) -> String {
    switch self {
    case .null: return "NULL"
    case .text(let text): return dialect.text(text)
    case .integer(let text), .real(let text), .time(let text): return text
    case .flag(let flag): return dialect.truth(flag)
    case .other(.array): throw .breaksOff(reason: "'NullType' object has no attribute 'types'")
    case .other(let value):
      throw .breaksOff(
        reason: "No literal value renderer is available for literal value"
          + " \"\(PythonText.printed(value))\" with datatype NULL")
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
