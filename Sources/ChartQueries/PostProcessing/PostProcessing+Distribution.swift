// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Operations that tell how numbers are distributed.
extension PostProcessing {
  /// For each group and metric: mean, median, whiskers, quartiles, count and what lies beyond the whiskers.
  static func boxplot(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let (names, metrics) = (options.names("groupby"), options.names("metrics"))
    try table.requireSingle(names + metrics)
    let whiskers = try Whiskers(options)
    let groups = groups(of: table, by: names)
    var columns = keyColumns(of: groups, names)
    let boxes = metrics.map { metric in
      let cells = table.cells(of: metric) ?? []
      return groups.map { Box($0.rows.map { cells[$0] }, whiskers) }
    }
    for part in Box.parts {
      for (metric, boxes) in zip(metrics, boxes) {
        columns.append(
          .init(
            label: [.text("\(metric)__\(part.name)")], cells: boxes.map(part.value),
            holdsNumbers: part.name != "outliers" || groups.isEmpty))
      }
    }
    return DataTable(columns, index: .numbered(groups.count))
  }

  /// How many numbers lie in each of some equal steps between the least and the largest.
  static func histogram(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let (name, names) = (options.text("column") ?? "", options.names("groupby"))
    try table.requireSingle([name] + names)
    let numbers = (table.cells(of: name) ?? []).compactMap(\.number)
    guard numbers.count == table.rowCount else {
      throw .breaksOff(reason: "Column '\(name)' contains non-numeric values")
    }
    let bins = try Bins(numbers, count: options["bins"]?.integerValue ?? 5)
    let groups = groups(of: table, by: names)
    try DataTable.limit(bins.labels.count, groups.count, by: "Histogram")
    var counts = groups.map { bins.counts(of: $0.rows.map { numbers[$0] }).map(Double.init) }
    if options.flag("cumulative", false) {
      for group in counts.indices {
        for bin in counts[group].indices.dropFirst() {
          counts[group][bin] += counts[group][bin - 1]
        }
      }
    }
    let steps = bins.labels.enumerated().map { bin, label in
      DataTable.Column(
        label: [.text(label)], cells: counts.map { .integer(Int($0[bin])) }, holdsNumbers: true)
    }
    var kept = names.isEmpty ? lastOfEach(steps) : steps
    if options.flag("normalize", false) {
      let total = Statistics.sum(kept.flatMap(\.cells).compactMap(\.number))
      kept = kept.map { step in
        step.with(step.cells.map { .real(($0.number ?? 0) / total) })
      }
    }
    // As pandas selects them by their labels: those of one label all at once, each time that it comes.
    let known = Dictionary(grouping: kept, by: \.label)
    let count = steps.reduce(0) { $0 + (known[$1.label]?.count ?? 0) }
    try DataTable.limit(count, max(1, groups.count), by: "Histogram")
    let selected = steps.flatMap { known[$0.label] ?? [] }
    return DataTable(keyColumns(of: groups, names) + selected, index: .numbered(groups.count))
  }

  /// Ungrouped, the last column of a label has taken the place of those before.
  private static func lastOfEach(_ steps: [DataTable.Column]) -> [DataTable.Column] {
    var seen: Set<DataTable.Label> = []
    return steps.reversed().filter { seen.insert($0.label).inserted }.reversed()
  }

  /// Where each number stands among its group's: the share of those that are not above it; equals stand in their middle.
  static func rank(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    let (metric, names) = (options.text("metric") ?? "", options.names("group_by"))
    try table.requireSingle([metric] + names)
    let cells = table.cells(of: metric) ?? []
    var ranks = Array(repeating: Cell.null, count: table.rowCount)
    let groups = groups(of: table, by: names)
    // pandas makes a table of one group's ranks, not a column, and of none as well.
    if !names.isEmpty, groups.count < 2, groups.first?.rows.count != 1 {
      throw .breaksOff(
        reason: "Cannot set a DataFrame with multiple columns to the single column rank")
    }
    for group in groups where names.isEmpty || groups.count > 1 {
      let ordered = group.rows.compactMap { row in cells[row].number.map { (row, $0) } }
        .sorted { $0.1 < $1.1 }
      var below = 0
      while below < ordered.count {
        let equals = ordered[below...].prefix { $0.1 == ordered[below].1 }
        let rank = (Double(below) + Double(equals.count + 1) / 2) / Double(ordered.count)
        for (row, _) in equals { ranks[row] = .real(rank) }
        below += equals.count
      }
    }
    var table = table
    let column = DataTable.Column(label: [.text("rank")], cells: ranks, holdsNumbers: true)
    if let known = table.columns.firstIndex(where: { $0.label == column.label }) {
      table.columns[known] = column
    } else {
      table.columns.append(column)
    }
    return table
  }
}

/// Equal steps between the least and the largest of some numbers; the last one has both its edges.
private struct Bins {
  /// Nobody sees more of them.
  private static let most = 10_000

  private let edges: [Double]

  init(_ numbers: [Double], count: Int) throws(ChartQueryError) {
    guard count <= Self.most else {
      throw .postProcessing(reason: "Histogram would have more than \(Self.most) bins")
    }
    let count = max(1, count)
    var (low, high) = (numbers.min() ?? 0, numbers.max() ?? 1)
    guard low.isFinite, high.isFinite else {
      throw .breaksOff(reason: "autodetected range of [\(low), \(high)] is not finite")
    }
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let step = (high - low) / Double(count)
    edges = (0...count).map { $0 == count ? high : low + Double($0) * step }
  }

  /// Without fractions, as Superset names them.
  var labels: [String] {
    zip(edges, edges.dropFirst()).map { "\(Self.whole($0)) - \(Self.whole($1))" }
  }

  private static func whole(_ edge: Double) -> String {
    let whole = edge.rounded(.towardZero)
    return Int(exactly: whole).map(String.init) ?? PythonText.of(whole)
  }

  func counts(of numbers: [Double]) -> [Int] {
    var counts = Array(repeating: 0, count: edges.count - 1)
    for number in numbers {
      counts[min(bin(of: number), counts.count - 1)] += 1
    }
    return counts
  }

  /// The last one whose lower edge is not above it.
  private func bin(of number: Double) -> Int {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}
