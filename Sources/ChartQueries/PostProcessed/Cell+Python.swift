// SPDX-License-Identifier: MIT
import PythonTexts

/// What Python and pandas make of one cell.
extension Cell {
  /// `str()` of it as a label: nulls are NaN there, and times have the fractions of their seconds.
  var pandasText: String {
    switch self {
    case .time(let time): time.csv(clock: time.clockDigits == 3 ? 6 : time.clockDigits ?? 0)
    case .null: "nan"
    case .real(let number) where number.isNaN: "nan"
    case .integer, .real, .text, .json: text
    }
  }

  /// `repr()` of it within a tuple.
  var pandasRepresentation: String {
    switch self {
    case .text(let text): PythonText.quoted(text)
    case .time: "Timestamp('\(pandasText)')"
    case .null, .integer, .real, .json: pandasText
    }
  }

  var pythonType: String {
    switch self {
    case .null, .real: "float"
    case .integer: "int"
    case .text: "str"
    case .time: "Timestamp"
    case .json(.bool): "bool"
    case .json: "dict"
    }
  }

  /// An integer, or a truth, which is one.
  var wholeNumber: Int? {
    switch self {
    case .integer(let number): number
    case .json(.bool(let flag)): flag ? 1 : 0
    case .null, .real, .text, .time, .json: nil
    }
  }

  var realNumber: Double? { number ?? wholeNumber.map(Double.init) }

  /// Nothing counts as zero in a sum.
  var filled: Cell { isNull ? .integer(0) : self }

  var isText: Bool { if case .text = self { true } else { false } }

  /// The order of groups: pandas puts texts behind all else where they are mixed.
  static func precedesInGroups(_ left: Cell, _ right: Cell) -> Bool {
    left.isText == right.isText ? precedes(left, right) : right.isText
  }

  /// A text and something else, where there are both: Python does not compare them.
  static func incomparable(_ cells: [Cell]) -> (Cell, Cell)? {
    guard let text = cells.first(where: \.isText), let other = cells.first(where: { !$0.isText })
    else { return nil }
    return (text, other)
  }
}
