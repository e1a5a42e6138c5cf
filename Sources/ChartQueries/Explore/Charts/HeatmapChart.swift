// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// A coloured square for each pair of two columns' values.
struct HeatmapChart: LegacyChart {
  static let name = "heatmap"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    let metric = form.value("metric")
    query.members["metrics"] = [metric]
    query.members["groupby"] = [form.value("all_columns_x"), form.value("all_columns_y")]
    if form.saysAnything("sort_by_metric") { query.order(by: metric, ascending: false) }
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let form = result.form
    let x = try ExploreForm.label(ofColumn: form.value("all_columns_x"))
    let y = try ExploreForm.label(ofColumn: form.value("all_columns_y"))
    guard x != y else {
      throw .breaksOff(
        reason: "Length mismatch: Expected axis has 2 elements, new values have 3 elements")
    }
    let metric = try form.metricLabels.first ?? ""
    var table = try result.table.legacyColumns([x, y, metric], as: ["x", "y", "v"])
    let values = table.columns[2].cells
    let groups = try Self.groups(of: table, form["normalize_across"])
    var shares = Array(repeating: Cell.null, count: values.count)
    var ranks = shares
    for group in groups {
      let cells = group.map { values[$0] }
      for (row, share) in zip(group, Self.shares(cells)) { shares[row] = share }
      for (row, rank) in zip(group, Self.ranks(cells)) { ranks[row] = rank }
    }
    table.columns.append(.init(label: [.text("perc")], cells: shares))
    table.columns.append(.init(label: [.text("rank")], cells: ranks))
    let numbers = values.compactMap(\.number)
    let ends = [numbers.min(), numbers.max()].map { end in
      values.first { $0.number != nil && $0.number == end }?.json ?? .null
    }
    return LegacyData(["records": table.legacyRecords, "extents": .array(ends)])
  }

  /// The rows whose numbers are measured against each other: all, or those of one value of `x` or `y`.
  private static func groups(
    of table: DataTable, _ across: JSONValue?
  ) throws(ChartQueryError) -> [[Int]] {
    let all = [Array(0..<table.rowCount)]
    guard let across else { throw .breaksOff(reason: "You have to supply one of 'by' and 'level'") }
    let name = across.stringValue ?? ""
    guard name != "heatmap" else { return all }
    guard table.has(name) else { throw .breaksOff(reason: PythonText.quoted(name)) }
    let groups = PostProcessing.groups(of: table, by: [name]).map(\.rows)
    return groups.count > 1 ? groups : all
  }

  /// Where each number lies between the least and the largest.
  private static func shares(_ cells: [Cell]) -> [Cell] {
    let numbers = cells.compactMap(\.number)
    guard let low = numbers.min(), let high = numbers.max() else { return cells }
    return cells.map { cell in
      cell.number.map { .real(($0 - low) / (high - low)) } ?? .null
    }
  }

  /// The share of numbers that are not above each; equals stand in their middle.
  private static func ranks(_ cells: [Cell]) -> [Cell] {
    let sorted = cells.compactMap(\.number).sorted()
    return cells.map { cell in
      guard let number = cell.number else { return .null }
      let below = sorted.partitioningIndex { $0 >= number }
      let equal = sorted.partitioningIndex { $0 > number } - below
      return .real((Double(below) + Double(equal + 1) / 2) / Double(sorted.count))
    }
  }
}

extension [Double] {
  /// The first place where the condition holds, in a list where it holds from one place on.
  fileprivate func partitioningIndex(_ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
