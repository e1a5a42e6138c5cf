// SPDX-License-Identifier: MIT

/// A table by time against the same of another time.
struct SeriesComparison {
  private let table: DataTable
  private let other: DataTable

  init(_ table: DataTable, _ other: DataTable) {
    self.table = table
    self.other = other
  }

  /// - Parameter kind: how the two are compared.
  func result(_ kind: String) throws(ChartQueryError) -> DataTable {
    let operation: (Double, Double) -> Double
    switch kind {
    case "absolute": operation = { $0 - $1 }
    case "percentage": operation = { ($0 - $1) / $1 }
    case "ratio": operation = { $0 / $1 }
    default: throw .chart(reason: "Invalid `comparison_type`: \(kind)")
    }
    let (times, others) = (Self.times(of: table), Self.times(of: other))
    let (known, compared) = (Self.cells(of: table), Self.cells(of: other))
    let pairs = labels.map { label in
      let ours = known[label]
      let theirs = compared[label].map { Self.interpolated($0, others, at: times) }
      let cells = times.indices.map { row -> Cell in
        guard let our = ours?[row].number, let their = theirs?[row].number else { return .null }
        return .real(operation(our, their))
      }
      return DataTable.Column(label: label, cells: cells)
    }
    return Self.trimmed(DataTable(pairs, index: table.index))
  }

  /// Of two tables with different columns all of them, in order.
  private var labels: [DataTable.Label] {
    let (ours, theirs) = (table.columns.map(\.label), other.columns.map(\.label))
    return ours == theirs ? ours : Set(ours + theirs).sorted(by: precedes)
  }

  /// By their labels; of two that are the same the first.
  private static func cells(of table: DataTable) -> [DataTable.Label: [Cell]] {
    Dictionary(table.columns.map { ($0.label, $0.cells) }, uniquingKeysWith: { first, _ in first })
  }

  private static func times(of table: DataTable) -> [Int] {
    table.index.rows.map { row in
      if case .time(let time) = row.first { time.microseconds } else { 0 }
    }
  }

  /// Between two known times a value lies in proportion; behind the last it stays, before the first there is none.
  private static func interpolated(_ cells: [Cell], _ times: [Int], at wanted: [Int]) -> [Cell] {
    let known = zip(times, cells).compactMap { time, cell in cell.number.map { (time, $0) } }
    var next = 0
    return wanted.map { time in
      // Both lists are in order.
      while next < known.count, known[next].0 <= time { next += 1 }
      guard next > 0 else { return .null }
      let last = next - 1
      guard known[last].0 < time, last + 1 < known.count else { return .real(known[last].1) }
      let (from, to) = (known[last], known[last + 1])
      // Nanoseconds, as pandas has them, so that the last digit is the same.
      let slope = (to.1 - from.1) / (Double(to.0) * 1_000 - Double(from.0) * 1_000)
      return .real(slope * (Double(time) * 1_000 - Double(from.0) * 1_000) + from.1)
    }
  }

  /// Without the rows at both ends that hold nothing.
  private static func trimmed(_ table: DataTable) -> DataTable {
    let filled = (0..<table.rowCount).filter { row in
      table.columns.contains { !$0.cells[row].isNull }
    }
    guard let first = filled.first, let last = filled.last else { return table }
    return table.rows(Array(first...last))
  }
}
