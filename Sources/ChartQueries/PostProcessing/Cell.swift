// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// One value of a table.
enum Cell: Hashable, Sendable {
  /// None, NaN or NaT.
  case null
  case integer(Int)
  case real(Double)
  case text(String)
  case time(CivilTime)
  case json(JSONValue)

  /// The number; NaN counts as null.
  var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number.isNaN ? nil : number
    case .null, .text, .time, .json: nil
    }
  }

  /// A number as an integer, where it comes of integers and none of its digits is lost.
  init(_ number: Double, isWhole: Bool) {
    self = isWhole && number.magnitude < 0x1p53 ? .integer(Int(number)) : .real(number)
  }

  var isInteger: Bool { if case .integer = self { true } else { false } }

  /// Also where it is no number, as a float that is not known.
  var isNumeric: Bool {
    switch self {
    case .integer, .real: true
    case .null, .text, .time, .json: false
    }
  }

  var isNull: Bool {
    if case .real(let number) = self { return number.isNaN }
    return self == .null
  }

  /// As Python's `str()` has it.
  var text: String {
    switch self {
    case .null: "None"
    case .integer(let number): String(number)
    case .real(let number): PythonText.of(number)
    case .text(let text): text
    case .time(let time): time.text
    case .json(.bool(let flag)): flag ? "True" : "False"
    case .json(let value): value.text
    }
  }

  /// As a record of an answer has it: times as milliseconds, infinities as nothing.
  var json: JSONValue {
    switch self {
    case .null: .null
    case .integer(let number): .integer(number)
    case .real(let number): number.isFinite ? .double(number) : .null
    case .text(let text): .string(text)
    case .time(let time): .double(time.epochMilliseconds)
    case .json(let value): value
    }
  }

  /// The order in which pandas sorts a column: numbers, times, texts by their code points; nulls last.
  static func precedes(_ left: Cell, _ right: Cell) -> Bool {
    if let left = left.number, let right = right.number { return left < right }
    switch (left, right) {
    case (.time(let left), .time(let right)): return left < right
    case (.json(.bool(let left)), .json(.bool(let right))): return !left && right
    case (.text(let left), .text(let right)):
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    default: return left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .integer, .real: isNull ? 4 : 0
    case .time: 1
    case .text: 2
    case .json: 3
    case .null: 4
    }
  }
}

extension Cell {
  /// Texts are the same where their bytes are: to Python and to databases an accent of its own is another text.
  static func == (left: Cell, right: Cell) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.integer(let left), .integer(let right)): left == right
    case (.real(let left), .real(let right)): left == right
    case (.text(let left), .text(let right)):
      left == right && left.utf8.elementsEqual(right.utf8)
    case (.time(let left), .time(let right)): left == right
    case (.json(let left), .json(let right)): left == right
    case (.null, _), (.integer, _), (.real, _), (.text, _), (.time, _), (.json, _): false
    }
  }
}

/// Lists of cells, as keys of groups and as labels of several levels, in pandas' order.
func precedes(_ left: [Cell], _ right: [Cell]) -> Bool {
  left.lexicographicallyPrecedes(right, by: Cell.precedes)
}
