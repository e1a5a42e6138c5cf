// SPDX-License-Identifier: MIT
import JSONValues

/// A window of some rows that moves over a column.
struct RollingWindow {
  private enum Kind: String {
    case count, kurt, max, mean, median, min, quantile, skew, std, sum
    case variance = "var"
  }

  private let kind: Kind
  private var size: Int
  /// So many numbers a window must hold at least.
  private let least: Int
  private let quantile: Double
  /// Whether a row stands in the middle of its window, and not at its end.
  private let isCentered: Bool

  init(_ options: OperationOptions) throws(ChartQueryError) {
    let name = options.text("rolling_type") ?? ""
    guard let size = options["window"]?.integerValue else {
      throw .postProcessing(reason: "Undefined window for rolling operation")
    }
    guard size > 0 else { throw .postProcessing(reason: "Window must be > 0") }
    guard options["win_type"]?.saysAnything != true else {
      throw .unsupported("post_processing 'rolling' with win_type")
    }
    guard let kind = Kind(rawValue: name) else {
      let known = ["corr", "cov"]
      guard known.contains(name) else {
        throw .postProcessing(reason: "Invalid rolling_type: \(name)")
      }
      throw .unsupported("post_processing 'rolling' of type '\(name)'")
    }
    self.kind = kind
    self.size = size
    least = options["min_periods"]?.integerValue ?? size
    guard least <= size else {
      throw .breaksOff(reason: "min_periods \(least) must be <= window \(size)")
    }
    isCentered = options.flag("center", false)
    quantile = options["rolling_type_options"]?["quantile"]?.doubleValue ?? 0.5
    let hasQuantile = options["rolling_type_options"]?["quantile"]?.doubleValue != nil
    guard kind != .quantile || hasQuantile else {
      throw .postProcessing(reason: "Invalid options for quantile: {}")
    }
  }

  func values(of cells: [Cell]) -> [Cell] {
    var window = self
    // What reaches over all rows from each of them sees no more where it reaches further.
    window.size = Swift.min(size, 2 * cells.count + 1)
    return window.moved(over: cells)
  }

  private func moved(over cells: [Cell]) -> [Cell] {
    guard isCentered else { return trailing(over: cells, end: cells.count) }
    // Windows reach beyond the end, where nothing is.
    let ahead = (size - 1) / 2
    let beyond = Array(repeating: Cell.null, count: ahead)
    return Array(trailing(over: cells + beyond, end: cells.count).dropFirst(ahead))
  }

  /// - Parameter end: where the column ends.
  private func trailing(over cells: [Cell], end: Int) -> [Cell] {
    switch kind {
    case .sum: moving(over: cells) { $0.total }
    case .mean: moving(over: cells) { $0.mean }
    case .variance: moving(over: cells) { $0.variance }
    case .std: moving(over: cells) { $0.variance?.squareRoot() }
    case .count, .kurt, .max, .median, .min, .quantile, .skew: looking(over: cells, end: end)
    }
  }

  /// Of what is computed from step to step.
  private func moving(over cells: [Cell], _ value: (RollingMoments) -> Double?) -> [Cell] {
    var moments = RollingMoments()
    return cells.indices.map { row in
      if row >= size, let number = cells[row - size].number { moments.remove(number) }
      if let number = cells[row].number { moments.add(number) }
      guard moments.count >= least else { return .null }
      return value(moments).map { .real($0) } ?? .null
    }
  }

  /// Of what each window is looked through for.
  private func looking(over cells: [Cell], end: Int) -> [Cell] {
    // Sorted from step to step, where only that counts: to sort each window takes minutes where it is large.
    var sorted = SortedNumbers()
    return cells.indices.map { row in
      if row >= size, let number = cells[row - size].number { sorted.remove(number) }
      if row < end, let number = cells[row].number { sorted.add(number) }
      let window = Swift.max(0, row - size + 1)..<Swift.min(row + 1, end)
      // To be counted, what is null is there as well.
      guard (kind == .count ? window.count : sorted.numbers.count) >= least else { return .null }
      return value(of: sorted.numbers, cells[window]).map { .real($0) } ?? .null
    }
  }

  private func value(of sorted: [Double], _ window: ArraySlice<Cell>) -> Double? {
    switch kind {
    case .count: Double(sorted.count)
    case .max: sorted.last
    case .min: sorted.first
    case .quantile: Statistics.quantile(sorted: sorted, quantile)
    case .skew: Statistics.skewness(window.compactMap(\.number))
    case .kurt: Statistics.kurtosis(window.compactMap(\.number))
    default: Statistics.median(sorted: sorted)
    }
  }
}

/// The numbers of a window, in order.
private struct SortedNumbers {
  private(set) var numbers: [Double] = []

  mutating func add(_ number: Double) { numbers.insert(number, at: place(of: number)) }

  mutating func remove(_ number: Double) { numbers.remove(at: place(of: number)) }

  /// The first that is not less.
  private func place(of number: Double) -> Int {
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
