// SPDX-License-Identifier: MIT
import JSONValues

/// What Python takes for numbers and for truth.
extension FieldRule {
  private static let truths: Set = ["t", "true", "on", "y", "yes", "1"]
  private static let untruths: Set = ["f", "false", "off", "n", "no", "0"]

  static func boolean(_ value: JSONValue) throws(FieldFault) -> JSONValue {
    switch value {
    case .bool: return value
    case .integer(1), .double(1): return true
    case .integer(0), .double(0): return false
    // Lower case, upper case, or the first letter alone in upper case.
    case .string(let text)
    where [text.lowercased(), text.uppercased(), text.firstCapitalized].contains(text):
      if truths.contains(text.lowercased()) { return true }
      if untruths.contains(text.lowercased()) { return false }
    default: break
    }
    throw FieldFault("Not a valid boolean.")
  }

  /// An integer too large for ours is as large as ours can be.
  static func integer(_ value: JSONValue) throws(FieldFault) -> Int {
    switch value {
    case .integer(let number): return number
    case .double(let number) where number.isFinite: return whole(number)
    case .double(let number) where number.isInfinite: throw FieldFault("Number too large.")
    case .literal(let text):
      if let number = Double(text), number.isFinite { return whole(number) }
    case .string(let text):
      if let number = Int(text.trimmed(where: \.isWhitespace)) { return number }
    default: break
    }
    throw FieldFault("Not a valid integer.")
  }

  private static func whole(_ number: Double) -> Int {
    Int(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
  }

  static func count(_ value: JSONValue, _ sentence: String) throws(FieldFault) -> Int {
    let number = try integer(value)
    guard number >= 0 else { throw FieldFault(sentence) }
    return number
  }

  static func number(_ value: JSONValue, _ sentence: String) throws(FieldFault) -> JSONValue {
    let number: Double? =
      switch value {
      case .integer(let number): Double(number)
      case .double(let number): number
      case .string(let text), .literal(let text): Double(text.trimmed(where: \.isWhitespace))
      default: nil
      }
    guard let number, number.isFinite else { throw FieldFault("Not a valid number.") }
    guard number >= 0 else { throw FieldFault(sentence) }
    return .double(number)
  }
}

extension String {
  fileprivate var firstCapitalized: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
