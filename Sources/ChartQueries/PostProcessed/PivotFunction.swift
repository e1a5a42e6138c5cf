// SPDX-License-Identifier: MIT
import PythonTexts

/// What makes one value of the cells of a group, by the name it has in a chart.
///
/// Superset calls a method of pandas for each; what that method makes of texts among numbers, or
/// that it does not exist, is
/// part of the answer.
enum PivotFunction: String, CaseIterable {
  case count = "Count"
  case countUnique = "Count Unique Values"
  case listUnique = "List Unique Values"
  case sum = "Sum"
  case average = "Average"
  case median = "Median"
  case variance = "Sample Variance"
  case deviation = "Sample Standard Deviation"
  case minimum = "Minimum"
  case maximum = "Maximum"
  case first = "First"
  case last = "Last"
  case sumOfTotal = "Sum as Fraction of Total"
  case sumOfRows = "Sum as Fraction of Rows"
  case sumOfColumns = "Sum as Fraction of Columns"
  case countOfTotal = "Count as Fraction of Total"
  case countOfRows = "Count as Fraction of Rows"
  case countOfColumns = "Count as Fraction of Columns"

  /// - Throws: an error for a name that stands for nothing.
  static func named(_ name: String) throws(ChartQueryError) -> PivotFunction {
    guard let function = PivotFunction(rawValue: name) else {
      throw .breaksOff(reason: PythonText.quoted(name))
    }
    return function
  }

  /// The value of a group of cells, among which nothing is null.
  func value(of cells: [Cell], _ kind: CellKind) throws(ChartQueryError) -> Cell {
    switch self {
    case .count, .countOfTotal, .countOfRows, .countOfColumns: return .integer(cells.count)
    case .countUnique: return .integer(Set(cells).count)
    case .listUnique:
      var seen: Set<Cell> = []
      return .text(
        cells.filter { seen.insert($0).inserted }.map(\.pandasText).joined(separator: ", "))
    case .first: return cells.first ?? .null
    case .last: return cells.last ?? .null
    case .variance, .deviation:
      // Superset misspells what it calls where there are several cells.
      guard cells.count > 1 else { return .integer(0) }
      throw .breaksOff(reason: "module 'pandas' has no attribute 'series'")
    case .sum, .sumOfTotal, .sumOfRows, .sumOfColumns, .average, .median, .minimum, .maximum:
      return try total(of: cells, kind)
    }
  }

  /// The value of cells of a finished table, some of which may be null.
  ///
  /// - Throws: an error for functions that cannot do this to a whole table.
  func total(
    of cells: [Cell], _ kind: CellKind, _ order: PivotArithmetic.Order = .sideBySide
  ) throws(ChartQueryError) -> Cell {
    if let fault = faultOfTotals { throw .breaksOff(reason: fault) }
    switch self {
    case .average: return try PivotArithmetic.mean(cells, kind, order)
    case .median: return try PivotArithmetic.median(cells, kind)
    case .minimum: return try PivotArithmetic.extreme(cells, kind, isLeast: true)
    case .maximum: return try PivotArithmetic.extreme(cells, kind, isLeast: false)
    default: return try PivotArithmetic.sum(cells, kind, order)
    }
  }

  /// The type of totals over columns of a type.
  func kindOfTotal(_ kind: CellKind) -> CellKind {
    switch self {
    case .minimum, .maximum: kind
    case .average, .median: kind == .object ? .object : .real
    default: kind == .boolean ? .integer : kind
    }
  }

  /// What Python says where totals are asked of a function that knows none.
  private var faultOfTotals: String? {
    let name: String
    switch self {
    case .count, .countOfTotal, .countOfRows, .countOfColumns: name = "Series.count()"
    case .countUnique: name = "IndexOpsMixin.nunique()"
    case .listUnique: name = "list_unique_values()"
    case .variance, .first, .last: name = "<lambda>()"
    case .deviation: return "'tuple' object is not callable"
    case .sum, .sumOfTotal, .sumOfRows, .sumOfColumns, .average, .median, .minimum, .maximum:
      return nil
    }
    return "\(name) got an unexpected keyword argument 'axis'"
  }
}
