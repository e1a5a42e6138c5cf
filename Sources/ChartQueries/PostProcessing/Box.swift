// SPDX-License-Identifier: MIT
import JSONValues

/// How far the whiskers of a box reach.
enum Whiskers {
  /// As far as numbers lie within one and a half times the box beside it.
  case tukey
  case extremes
  case percentiles(Double, Double)

  init(_ options: OperationOptions) throws(ChartQueryError) {
    switch options.text("whisker_type") {
    case "tukey": self = .tukey
    case "percentile":
      let ends = options["percentiles"]?.arrayValue?.compactMap(\.doubleValue) ?? []
      guard ends.count == 2, ends[0] < ends[1] else {
        throw .postProcessing(
          reason: "percentiles must be a list or tuple with two numeric values,"
            + " of which the first is lower than the second value")
      }
      self = .percentiles(ends[0], ends[1])
    default: self = .extremes
    }
  }
}

/// What a box plot shows of some numbers.
struct Box {
  struct Part: Sendable {
    let name: String
    let value: @Sendable (Box) -> Cell
  }

  private let cells: [Cell]
  private let numbers: [Double]
  private let low: Double?
  private let high: Double?

  init(_ cells: [Cell], _ whiskers: Whiskers) {
    self.cells = cells
    numbers = cells.compactMap(\.number)
    switch whiskers {
    case .extremes: (low, high) = (numbers.min(), numbers.max())
    case .percentiles(let first, let last):
      low = Statistics.quantile(numbers, first / 100)
      high = Statistics.quantile(numbers, last / 100)
    case .tukey:
      let (first, third) = (Self.quartile(numbers, 0.25) ?? 0, Self.quartile(numbers, 0.75) ?? 0)
      let reach = 1.5 * (third - first)
      low = numbers.filter { $0 >= first - reach }.min()
      high = numbers.filter { $0 <= third + reach }.max()
    }
  }

  /// Added up as pandas adds up groups.
  private var mean: Cell {
    let sum = Statistics.compensatedSum(numbers)
    return numbers.isEmpty ? .null : .real(sum / Double(numbers.count))
  }

  /// In the order in which their columns stand.
  static let parts = [
    Part(name: "mean") { $0.mean },
    Part(name: "median") { Statistics.median($0.numbers).map { .real($0) } ?? .null },
    Part(name: "max") { $0.cell($0.high) }, Part(name: "min") { $0.cell($0.low) },
    Part(name: "q1") { quartile($0.numbers, 0.25).map { .real($0) } ?? .null },
    Part(name: "q3") { quartile($0.numbers, 0.75).map { .real($0) } ?? .null },
    Part(name: "count") { .integer($0.cells.count) },
    Part(name: "outliers") { $0.outliers },
  ]

  /// Between two numbers it is their middle, wherever it lies.
  private static func quartile(_ numbers: [Double], _ fraction: Double) -> Double? {
    let sorted = numbers.sorted()
    guard let last = sorted.indices.last else { return nil }
    let place = fraction * Double(last)
    let (low, high) = (Int(place.rounded(.down)), Int(place.rounded(.up)))
    return (sorted[low] + sorted[high]) / 2
  }

  /// Those above the whiskers, then those below, as they came.
  private var outliers: Cell {
    let above = cells.filter { cell in cell.number.map { $0 > (high ?? .infinity) } ?? false }
    let below = cells.filter { cell in cell.number.map { $0 < (low ?? -.infinity) } ?? false }
    return .json(.array((above + below).map(\.json)))
  }

  private func cell(_ number: Double?) -> Cell {
    guard let number else { return .null }
    return cells.first { $0.number == number } ?? .real(number)
  }
}
