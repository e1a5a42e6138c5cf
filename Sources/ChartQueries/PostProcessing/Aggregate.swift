// SPDX-License-Identifier: MIT
import JSONValues

/// A function that makes one value of a group's cells, as numpy does it to a pandas series.
struct Aggregate: Sendable {
  /// What is not of these words is an error.
  private enum Operator: String {
    case average, argmin, argmax, count, max, mean, median, min, percentile, prod, product, std, sum
    case nansum, nanmin, nanmax, nanmean, nanmedian, nanpercentile
    case countNonzero = "count_nonzero"
    case variance = "var"
  }

  let column: String
  private let function: Operator
  private let percentile: Double

  /// - Parameter name: of the column to be aggregated, where the description does not say.
  init(_ name: String, _ description: JSONValue, in table: DataTable) throws(ChartQueryError) {
    column = description["column"]?.stringValue ?? name
    guard table.has(column) else {
      throw .postProcessing(reason: "Column referenced by aggregate is undefined: \(column)")
    }
    guard let text = description["operator"]?.stringValue else {
      throw .postProcessing(reason: "Operator undefined for aggregator: \(name)")
    }
    guard let function = Operator(rawValue: text) else {
      throw .postProcessing(reason: "Invalid numpy function: \(text)")
    }
    self.function = function
    percentile = description["options"]?["q"]?.doubleValue ?? 50
  }

  /// `{"out": {"column": ..., "operator": ..., "options": ...}}`
  static func each(
    _ options: JSONValue?, in table: DataTable
  ) throws(ChartQueryError) -> [(name: String, aggregate: Aggregate)] {
    var aggregates: [(String, Aggregate)] = []
    for (name, description) in (options?.objectValue ?? [:]).elements {
      aggregates.append((name, try Aggregate(name, description, in: table)))
    }
    return aggregates
  }

  func value(of cells: [Cell]) -> Cell {
    let numbers = cells.compactMap(\.number)
    let isWhole = cells.allSatisfy(\.isInteger)
    let hasGap = numbers.count < cells.count
    switch function {
    case .count: return .integer(cells.count)
    case .countNonzero: return .integer(cells.count { $0.number != 0 })
    case .sum, .nansum: return Cell(Statistics.sum(numbers), isWhole: isWhole)
    case .prod, .product: return Cell(numbers.reduce(1, *), isWhole: isWhole)
    case .max, .nanmax: return numbers.max().map { Cell($0, isWhole: isWhole) } ?? .null
    case .min, .nanmin: return numbers.min().map { Cell($0, isWhole: isWhole) } ?? .null
    case .mean, .nanmean: return Statistics.mean(numbers).map { .real($0) } ?? .null
    case .average: return hasGap ? .null : Statistics.mean(numbers).map { .real($0) } ?? .null
    case .median:
      return hasGap ? .null : Statistics.median(numbers).map { .real($0) } ?? .null
    case .nanmedian: return Statistics.median(numbers).map { .real($0) } ?? .null
    case .percentile:
      return hasGap
        ? .null : Statistics.quantile(numbers, percentile / 100).map { .real($0) } ?? .null
    case .nanpercentile:
      return Statistics.quantile(numbers, percentile / 100).map { .real($0) } ?? .null
    case .std: return Statistics.variance(numbers, less: 0).map { .real($0.squareRoot()) } ?? .null
    case .variance: return Statistics.variance(numbers, less: 0).map { .real($0) } ?? .null
    case .argmin: return place(of: numbers.min(), in: cells)
    case .argmax: return place(of: numbers.max(), in: cells)
    }
  }
}

/// Of several equal ones the first; -1 where there is none.
private func place(of number: Double?, in cells: [Cell]) -> Cell {
  number.flatMap { number in cells.firstIndex { $0.number == number } }
    .map { .integer($0) } ?? .integer(-1)
}

/// Sums and moments of numbers without gaps.
enum Statistics {
  static func sum(_ numbers: some Sequence<Double>) -> Double {
    pairwiseSum(Array(numbers)[...])
  }

  static func mean(_ numbers: some Collection<Double>) -> Double? {
    numbers.isEmpty ? nil : sum(numbers) / Double(numbers.count)
  }

  /// - Parameter freedom: degrees of it that are used up: 1 for a sample, 0 for all there is.
  static func variance(_ numbers: some Collection<Double>, less freedom: Int) -> Double? {
    guard numbers.count > freedom, let mean = mean(numbers) else { return nil }
    return sum(numbers.lazy.map { ($0 - mean) * ($0 - mean) }) / Double(numbers.count - freedom)
  }

  /// Of two in the middle, half their sum: a proportion would round otherwise.
  static func median(_ numbers: some Collection<Double>) -> Double? {
    median(sorted: numbers.sorted())
  }

  static func median(sorted: [Double]) -> Double? {
    guard !sorted.isEmpty else { return nil }
    let high = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[high] : (sorted[high - 1] + sorted[high]) / 2
  }

  /// Between two numbers the value lies in proportion.
  static func quantile(_ numbers: some Collection<Double>, _ fraction: Double) -> Double? {
    quantile(sorted: numbers.sorted(), fraction)
  }

  static func quantile(sorted: [Double], _ fraction: Double) -> Double? {
    guard let last = sorted.indices.last, (0...1).contains(fraction) else { return nil }
    let place = fraction * Double(last)
    let low = min(last, Int(place))
    let high = min(last, low + 1)
    return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
  }
}
