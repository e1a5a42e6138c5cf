// SPDX-License-Identifier: MIT

/// What a pivot table makes of the values that fall into one cell.
enum PivotAggregate: String {
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

  /// Of which whole a value is a part.
  enum Whole {
    case none, table, row, column
  }

  var whole: Whole {
    switch self {
    case .sumOfTotal, .countOfTotal: .table
    case .sumOfRows, .countOfRows: .row
    case .sumOfColumns, .countOfColumns: .column
    default: .none
    }
  }

  func value(of values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    switch self {
    case .count, .countOfTotal, .countOfRows, .countOfColumns: return Double(values.count)
    case .countUnique: return Double(Set(values).count)
    case .listUnique: return nil
    case .sum, .sumOfTotal, .sumOfRows, .sumOfColumns: return values.reduce(0, +)
    case .average: return values.reduce(0, +) / Double(values.count)
    case .median: return Self.median(values.sorted())
    case .variance: return Self.variance(values)
    case .deviation: return Self.variance(values)?.squareRoot()
    case .minimum: return values.min()
    case .maximum: return values.max()
    case .first: return values.min()
    case .last: return values.max()
    }
  }

  private static func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  private static func variance(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return squares / Double(values.count - 1)
  }
}
