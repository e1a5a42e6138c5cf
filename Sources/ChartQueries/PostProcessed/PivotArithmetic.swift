// SPDX-License-Identifier: MIT
import PythonTexts

/// Sums, means and extremes as pandas makes them of columns of each type.
///
/// Columns of any type are added up as Python adds up, one after the other: texts are joined, and a
/// text and a number are an
/// error.
enum PivotArithmetic {
  /// In which order floats are added up, which shows in their last digits.
  enum Order { case sideBySide, oneAfterTheOther }

  static func sum(
    _ cells: [Cell], _ kind: CellKind, _ order: Order = .sideBySide
  ) throws(ChartQueryError) -> Cell {
    switch kind {
    case .integer, .boolean: return .integer(cells.reduce(0) { $0 &+ ($1.wholeNumber ?? 0) })
    case .real: return .real(floatSum(cells, order))
    case .time: throw .breaksOff(reason: "'DatetimeArray' does not support reduction 'sum'")
    case .object:
      guard var sum = cells.first.map(\.filled) else { return .integer(0) }
      for cell in cells.dropFirst() { sum = try added(sum, cell.filled) }
      return sum
    }
  }

  /// What is nothing keeps its place: which numbers are added up side by side depends on it.
  private static func floatSum(_ cells: [Cell], _ order: Order) -> Double {
    let numbers = cells.map { $0.realNumber ?? 0 }
    return order == .sideBySide ? Statistics.sum(numbers) : numbers.reduce(0, +)
  }

  static func mean(
    _ cells: [Cell], _ kind: CellKind, _ order: Order = .sideBySide
  ) throws(ChartQueryError) -> Cell {
    if kind == .object { return try objectMean(cells) }
    guard kind != .time else { throw .unsupported("the average of times in a pivot table") }
    let count = cells.count { !$0.isNull }
    return count == 0 ? .null : .real(floatSum(cells, order) / Double(count))
  }

  private static func objectMean(_ cells: [Cell]) throws(ChartQueryError) -> Cell {
    let count = cells.count { !$0.isNull }
    let sum = try sum(cells, .object)
    guard let number = sum.realNumber ?? PythonNumber.real(sum.text) else {
      throw .breaksOff(reason: "Could not convert \(sum.text) to numeric")
    }
    return count == 0 ? .null : .real(number / Double(count))
  }

  static func median(_ cells: [Cell], _ kind: CellKind) throws(ChartQueryError) -> Cell {
    guard kind != .time else { throw .unsupported("the median of times in a pivot table") }
    var numbers: [Double] = []
    for cell in cells where !cell.isNull {
      guard let number = cell.realNumber ?? PythonNumber.real(cell.text) else {
        throw .breaksOff(
          reason: "could not convert string to float: \(PythonText.quoted(cell.text))")
      }
      numbers.append(number)
    }
    return Statistics.median(numbers).map { .real($0) } ?? .null
  }

  static func extreme(
    _ cells: [Cell], _ kind: CellKind, isLeast: Bool
  ) throws(ChartQueryError) -> Cell {
    let present = cells.filter { !$0.isNull }
    // Gaps count as infinite in a column of any type.
    let compared = kind == .object && present.count < cells.count ? present + [.real(0)] : present
    if let (text, other) = Cell.incomparable(compared) {
      throw .breaksOff(
        reason: "'\(isLeast ? "<=" : ">=")' not supported between instances of"
          + " '\(text.pythonType)' and '\(other.pythonType)'")
    }
    let extreme = present.first.map { first in
      present.dropFirst().reduce(first) { best, cell in
        let isBetter = isLeast ? Cell.precedes(cell, best) : Cell.precedes(best, cell)
        return isBetter ? cell : best
      }
    }
    return extreme ?? .null
  }

  private static func added(_ left: Cell, _ right: Cell) throws(ChartQueryError) -> Cell {
    switch (left, right) {
    case (.text(let left), .text(let right)): return .text(left + right)
    case (.text, _):
      throw .breaksOff(reason: #"can only concatenate str (not "\#(right.pythonType)") to str"#)
    default: break
    }
    if let left = left.wholeNumber, let right = right.wholeNumber { return .integer(left &+ right) }
    guard let left = left.realNumber, let right = right.realNumber else {
      throw .breaksOff(
        reason: "unsupported operand type(s) for +: '\(left.pythonType)' and '\(right.pythonType)'")
    }
    return .real(left + right)
  }
}
