// SPDX-License-Identifier: MIT
import JSONValues

extension PostProcessing {
  static func resample(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    guard table.hasTimeIndex else {
      throw .postProcessing(reason: "Resample operation requires DatetimeIndex")
    }
    guard let method = Resample.Method(rawValue: options.text("method") ?? "") else {
      let names = Resample.Method.allCases.map(\.rawValue).joined(separator: ", ")
      throw .postProcessing(reason: "Resample method should be in \(names).")
    }
    let resample = Resample(try PandasOffset(options.text("rule") ?? ""), method)
    var result = try resample.table(table, fill: options["fill_value"].map(Cell.init))
    // Values that were null before are filled here as well.
    if method == .ffill || method == .bfill {
      for position in result.columns.indices {
        result.columns[position].cells = Resample.filled(
          result.columns[position].cells, backwards: method == .bfill)
      }
    }
    return result
  }
}

/// Rows called by times, brought to steps of equal kind.
struct Resample {
  enum Method: String, CaseIterable {
    case asfreq, bfill, ffill, linear, median, mean, sum
  }

  private let offset: PandasOffset
  private let method: Method

  init(_ offset: PandasOffset, _ method: Method) {
    self.offset = offset
    self.method = method
  }

  /// - Parameter fill: what stands in rows that were not there before, where nothing is put in otherwise.
  func table(_ table: DataTable, fill: Cell? = nil) throws(ChartQueryError) -> DataTable {
    let (sorted, moments) = Self.sorted(table)
    guard let first = moments.first, let last = moments.last else { return table }
    let edges = try offset.edges(from: first, to: last)
    let labels = offset.isNamedByEnd ? Array(edges.dropFirst()) : Array(edges.dropLast())
    let columns: [DataTable.Column]
    switch method {
    case .median, .mean, .sum: columns = try reduced(sorted, moments, edges)
    case .asfreq, .bfill, .ffill, .linear:
      guard Set(moments).count == moments.count else {
        throw .postProcessing(reason: "cannot reindex on an axis with duplicate labels")
      }
      let sources = sources(of: labels, moments)
      columns = sorted.columns.map { column in
        let cells = sources.map { $0.map { column.cells[$0] } ?? fill ?? .null }
        return .init(
          label: column.label, cells: method == .linear ? Self.interpolated(cells) : cells)
      }
    }
    return DataTable(
      columns.map { .init(label: $0.label, cells: $0.cells.asOneKind) },
      index: .init(
        names: table.index.names, rows: labels.map { [.time(CivilTime(microseconds: $0))] }))
  }

  /// Rows without a time belong to no step.
  private static func sorted(_ table: DataTable) -> (table: DataTable, moments: [Int]) {
    let rows = table.index.rows.enumerated().compactMap { row, key -> (row: Int, moment: Int)? in
      guard case .time(let time) = key.first else { return nil }
      return (row, time.microseconds)
    }
    let sorted = rows.sorted { ($0.moment, $0.row) < ($1.moment, $1.row) }
    return (table.rows(sorted.map(\.row)), sorted.map(\.moment))
  }

  /// Which row stands in each step: one of that very moment, or the one before or behind it.
  private func sources(of labels: [Int], _ moments: [Int]) -> [Int?] {
    if isEquallySpaced(moments), labels.count == moments.count { return Array(moments.indices) }
    var next = 0
    return labels.map { label in
      while next < moments.count, moments[next] < label { next += 1 }
      let exact = next < moments.count && moments[next] == label ? next : nil
      switch method {
      case .ffill: return exact ?? (next > 0 ? next - 1 : nil)
      case .bfill: return next < moments.count ? next : nil
      default: return exact
      }
    }
  }

  /// What has the asked step already keeps its rows, whatever the time of day; pandas needs three to see it.
  private func isEquallySpaced(_ moments: [Int]) -> Bool {
    guard let length = offset.length, moments.count >= 3 else { return false }
    return zip(moments, moments.dropFirst()).allSatisfy { $1 - $0 == length }
  }

  private func reduced(
    _ table: DataTable, _ moments: [Int], _ edges: [Int]
  ) throws(ChartQueryError) -> [DataTable.Column] {
    // A step that is named by its end takes that day in.
    let bounds = edges.dropFirst().map { offset.isNamedByEnd ? $0 + 86_400_000_000 : $0 }
    var steps: [Range<Int>] = []
    var start = 0
    for bound in bounds {
      var end = start
      while end < moments.count, moments[end] < bound { end += 1 }
      steps.append(start..<end)
      start = end
    }
    var columns: [DataTable.Column] = []
    for column in table.columns {
      guard column.cells.allSatisfy({ $0.number != nil || $0.isNull }) else {
        throw .postProcessing(reason: "Could not convert \(column.label[0].text) to numeric")
      }
      let isWhole = column.cells.allSatisfy(\.isInteger)
      let cells = steps.map { value(of: column.cells[$0].compactMap(\.number), isWhole) }
      columns.append(.init(label: column.label, cells: cells))
    }
    return columns
  }

  private func value(of numbers: [Double], _ isWhole: Bool) -> Cell {
    switch method {
    case .sum: Cell(Statistics.compensatedSum(numbers), isWhole: isWhole)
    case .median: Statistics.median(numbers).map { .real($0) } ?? .null
    default:
      numbers.isEmpty ? .null : .real(Statistics.compensatedSum(numbers) / Double(numbers.count))
    }
  }

  /// Nulls become the value before them, or behind.
  static func filled(_ cells: [Cell], backwards: Bool) -> [Cell] {
    var last = Cell.null
    let filled = (backwards ? cells.reversed() : cells).map { cell in
      if !cell.isNull { last = cell }
      return last
    }
    return backwards ? filled.reversed() : filled
  }

  /// Nulls lie on the line between their neighbours; behind the last number they repeat it.
  private static func interpolated(_ cells: [Cell]) -> [Cell] {
    var cells = cells
    let known = cells.indices.filter { cells[$0].number != nil }
    for (left, right) in zip(known, known.dropFirst()) where right > left + 1 {
      guard let low = cells[left].number, let high = cells[right].number else { continue }
      let slope = (high - low) / Double(right - left)
      for row in left + 1..<right { cells[row] = .real(slope * Double(row - left) + low) }
    }
    if let last = known.last, let number = cells[last].number {
      for row in cells.indices.dropFirst(last + 1) { cells[row] = .real(number) }
    }
    return cells
  }
}

extension DataTable {
  /// Whether rows are called by times.
  var hasTimeIndex: Bool {
    index.names?.count == 1
      && index.rows.allSatisfy {
        if case .time = $0.first { true } else { $0.first?.isNull ?? false }
      }
  }
}

extension [Cell] {
  /// Whole numbers beside fractions or nulls are fractions themselves, as in a column of a pandas frame.
  var asOneKind: [Cell] {
    guard contains(where: { !$0.isInteger }), allSatisfy({ $0.number != nil || $0.isNull }) else {
      return self
    }
    return map { $0.number.map { .real($0) } ?? .null }
  }
}
