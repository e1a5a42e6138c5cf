// SPDX-License-Identifier: MIT
import JSONValues

/// A member of a form as a browser's script sees it: nil is a member that is not there, which is
/// not null.
extension Optional where Wrapped == JSONValue {
  /// Neither missing nor null.
  var isDefined: Bool { !(self?.isNull ?? true) }

  /// What a script takes for yes: anything but nothing, no, zero and the empty text.
  var isTrue: Bool {
    switch self {
    case nil, .null, .bool(false), .integer(0), .string(""): false
    case .double(let number): number != 0 && !number.isNaN
    default: true
    }
  }

  /// What there is as a list: none, one, or those of the list.
  var list: [JSONValue] {
    guard let self, !self.isNull else { return [] }
    return self.arrayValue ?? [self]
  }

  /// Empty as a list, an object or a text; numbers and flags are empty, too.
  var isEmpty: Bool {
    switch self {
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    case .string(let text): text.isEmpty
    default: true
    }
  }

  /// What a script's `Number()` makes of it; nil where it makes no number of it.
  var number: JSONValue? {
    switch self {
    case .integer, .double: return self
    case .null: return 0
    case .bool(let flag): return .integer(flag ? 1 : 0)
    case .string(let text):
      let digits = text.trimmed
      if digits.isEmpty { return 0 }
      return Double(digits).flatMap { $0.isFinite ? JSONValue.double($0).asBrowserReads : nil }
    default: return nil
    }
  }

  /// What a script's `parseInt()` makes of it: the whole number that it begins with.
  var wholeNumber: Int? {
    switch self {
    case .integer(let number): number
    case .double(let number): Int(exactly: number.rounded(.towardZero))
    case .string(let text): Int(text.trimmed.prefix { $0.isNumber || "+-".contains($0) })
    default: nil
    }
  }

  /// What a script's `parseFloat()` makes of it.
  var fraction: JSONValue? {
    guard case .string(let text) = self else { return self?.doubleValue == nil ? nil : self }
    let digits = text.trimmed.prefix { $0.isNumber || "+-.eE".contains($0) }
    return Double(digits).map { JSONValue.double($0).asBrowserReads }
  }
}

extension JSONValue {
  /// As it comes out of a browser again: it knows no whole numbers, and writes 2.0 as 2.
  var asBrowserReads: JSONValue {
    switch self {
    case .integer(let number): return Int(exactly: Double(number)).map { .integer($0) } ?? self
    case .double(let number):
      // From here on it writes powers of ten.
      guard abs(number) < 1e21, let whole = Int(exactly: number) else { return self }
      return .integer(whole)
    case .array(let elements): return .array(elements.map(\.asBrowserReads))
    case .object(let members): return .object(members.mapValues(\.asBrowserReads))
    default: return self
    }
  }
}

extension StringProtocol where SubSequence == Substring {
  var trimmed: Substring {
    var text = self[startIndex...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
