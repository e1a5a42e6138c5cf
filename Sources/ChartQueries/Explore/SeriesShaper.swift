// SPDX-License-Identifier: MIT
import JSONValues

/// Rows of a time series become columns by time, as the charts of NVD3 show them.
struct SeriesShaper {
  static let time = QueryObject.timestampLabel

  private let form: ExploreForm
  private let metrics: [String]
  /// The largest series first; else they are in the order of their names.
  private let sortsSeries: Bool
  /// What stands where a series has no value.
  private let fill: Cell?

  init(_ form: ExploreForm, sortsSeries: Bool, fill: Cell?) throws(ChartQueryError) {
    self.form = form
    metrics = try form.metricLabels
    self.sortsSeries = sortsSeries
    self.fill = fill
  }

  /// - Parameter groups: labels of the columns whose values make a series.
  func shaped(
    _ table: DataTable, by groups: [String], addingUp: Bool = false
  ) throws(ChartQueryError) -> DataTable {
    guard table.rowCount > 0 else { return table }
    let source = addingUp ? table.grouped(by: [Self.time] + groups, .sum) : table
    var shaped = try source.pivoted(
      metrics, index: [Self.time], columns: groups, fill: addingUp ? .integer(0) : fill)
    if let rule = form.text("resample_rule"), let method = form.text("resample_method") {
      shaped = try resampled(shaped, rule, method)
    }
    if sortsSeries { shaped.columns = Self.sorted(shaped.columns) }
    shaped = try rolled(shaped)
    if form.saysAnything("contribution") {
      // numpy walks along the rows of what pandas has pivoted, and across those of what it has filled.
      let isFilled = fill != nil || addingUp
      shaped = shaped.sharesOfRows { isFilled ? $0.reduce(0, +) : Statistics.pairwiseSum($0) }
    }
    return shaped
  }

  private func resampled(
    _ table: DataTable, _ rule: String, _ method: String
  ) throws(ChartQueryError) -> DataTable {
    guard let known = Resample.Method(rawValue: method), known != .linear else {
      throw .breaksOff(reason: "'DatetimeIndexResampler' object has no attribute '\(method)'")
    }
    do {
      return try Resample(try PandasOffset(rule), known).table(table)
    } catch .postProcessing(let reason) { throw .breaksOff(reason: reason) }
  }

  private static func sorted(_ columns: [DataTable.Column]) -> [DataTable.Column] {
    let sums = columns.map { Statistics.sum($0.cells.compactMap(\.number)) }
    let order = PandasOrder.order(of: sums, ascending: false)
    return order.map { columns[$0] }
  }

  /// A window over the rows, or a running total; then the first rows go, as many as a window needs at least.
  private func rolled(_ table: DataTable) throws(ChartQueryError) -> DataTable {
    let type = form.text("rolling_type") ?? ""
    let size = try form.count("rolling_periods")
    let least = try form.count("min_periods")
    var table = table
    if ["mean", "std", "sum"].contains(type), size != 0 {
      guard least <= size else {
        throw .breaksOff(reason: "min_periods \(least) must be <= window \(size)")
      }
      let window = try RollingWindow(
        OperationOptions([
          "rolling_type": .string(type), "window": .integer(size), "min_periods": .integer(least),
        ]))
      table.columns = table.columns.map {
        DataTable.Column(label: $0.label, cells: window.values(of: $0.cells))
      }
    } else if type == "cumsum" {
      table.columns = table.columns.map {
        DataTable.Column(label: $0.label, cells: Self.runningTotal($0.cells))
      }
    }
    if least > 0 { table = table.rows(Array((0..<table.rowCount).dropFirst(least))) }
    guard table.rowCount > 0, !table.columns.isEmpty else {
      throw .chart(
        reason: "Applied rolling window did not return any data. Please make sure the source query"
          + " satisfies the minimum periods defined in the rolling window.")
    }
    return table
  }

  private static func runningTotal(_ cells: [Cell]) -> [Cell] {
    let isWhole = cells.allSatisfy(\.isInteger)
    var total = 0.0
    return cells.map { cell in
      guard let number = cell.number else { return .null }
      total += number
      return Cell(total, isWhole: isWhole)
    }
  }
}

extension DataTable {
  /// pandas' pivot_table with its mean: metrics by the rows' index and the columns' values.
  func pivoted(
    _ metrics: [String], index: [String], columns: [String], fill: Cell? = nil
  ) throws(ChartQueryError) -> DataTable {
    var functions: [String: Aggregate] = [:]
    for metric in metrics {
      functions[metric] = try Aggregate(
        metric, ["column": .string(metric), "operator": "mean"], in: self)
    }
    let pivot = Pivot(
      self, index: index, columns: columns, functions: functions, dropsMissing: true, fill: fill)
    return try pivot.table(marginalName: nil)
  }

  /// Every number as its share of the numbers in its row.
  ///
  /// - Parameter sum: how they are added up; a gap counts as 0, and keeps its place.
  func sharesOfRows(
    _ sum: (ArraySlice<Double>) -> Double = Statistics.pairwiseSum
  ) -> DataTable {
    var table = self
    let sums = (0..<rowCount).map { row in
      sum(columns.map { $0.cells[row].number ?? 0 }[...])
    }
    for position in columns.indices {
      table.columns[position].cells = columns[position].cells.enumerated().map { row, cell in
        cell.number.map { .real($0 / sums[row]) } ?? .null
      }
    }
    return table
  }

  enum Reduction { case sum, mean }

  /// One row for each combination of values, its numbers added up or averaged; what is neither is left out.
  func grouped(by names: [String], _ reduction: Reduction) -> DataTable {
    let groups = PostProcessing.groups(of: self, by: names)
    let keys = Set(names.map { [Cell.text($0)] })
    let numeric = columns.filter { !keys.contains($0.label) && $0.isNumeric }
    let reduced = numeric.map { column in
      Column(
        label: column.label,
        cells: groups.map { group in
          let cells = group.rows.map { column.cells[$0] }
          let numbers = cells.compactMap(\.number)
          let sum = Statistics.compensatedSum(numbers)
          switch reduction {
          case .sum: return Cell(sum, isWhole: cells.allSatisfy(\.isInteger))
          case .mean: return numbers.isEmpty ? .null : .real(sum / Double(numbers.count))
          }
        })
    }
    return DataTable(
      PostProcessing.keyColumns(of: groups, names) + reduced, index: .numbered(groups.count))
  }
}

extension DataTable.Column {
  /// Numbers and gaps; a column of nothing but gaps counts where its label is a metric's.
  var isNumeric: Bool { cells.allSatisfy { $0.number != nil || $0.isNull } }
}
