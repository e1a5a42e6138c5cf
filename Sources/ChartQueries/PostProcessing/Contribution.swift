// SPDX-License-Identifier: MIT
import JSONValues

/// Each number's share of its column's or its row's sum.
struct Contribution {
  private let table: DataTable
  /// Positions of the columns that shares are made of.
  private let chosen: [Int]
  /// What their shares are called.
  private let labels: [DataTable.Label]
  private let isByRow: Bool
  /// Columns whose names end in one of these are shared out apart from the others.
  private let shifts: [String]

  init(_ table: DataTable, _ options: OperationOptions) throws(ChartQueryError) {
    self.table = table
    let names = options.names("columns")
    try table.require(names)
    // Superset asks pandas for decimals too, which are objects there, as texts are.
    let known = table.columns.indices.filter { position in
      !table.columns[position].cells.contains { if case .time = $0 { true } else { false } }
    }
    var chosen = names.isEmpty ? known : []
    for name in names {
      let found = known.filter { table.columns[$0].label == [.text(name)] }
      guard !found.isEmpty else {
        throw .postProcessing(
          reason: "Column \"\(name)\" is not numeric or does not exists in the query results.")
      }
      chosen += found
    }
    self.chosen = chosen
    let renames = options.names("rename_columns")
    guard renames.isEmpty || renames.count == chosen.count else {
      throw .postProcessing(
        reason:
          "`rename_columns` must have the same length as `columns` + `time_shift_columns`.")
    }
    labels =
      renames.isEmpty ? chosen.map { table.columns[$0].label } : renames.map { [.text($0)] }
    isByRow = options.text("orientation") == "row"
    shifts = options.names("time_shifts")
    try refuseTexts()
  }

  private func refuseTexts() throws(ChartQueryError) {
    let cells = chosen.flatMap { table.columns[$0].cells }
    guard cells.contains(where: { !$0.isNull && $0.number == nil }) else { return }
    throw .breaksOff(
      reason: isByRow
        ? "unsupported operand type(s) for +: 'int' and 'str'"
        : "unsupported operand type(s) for /: 'str' and 'str'")
  }

  func result() -> DataTable {
    var result = table
    let shares = isByRow ? sharesOfRows() : chosen.map { sharesOfColumn(table.columns[$0].cells) }
    for (place, (label, cells)) in zip(labels, shares).enumerated() {
      // What pandas holds as objects stays what it is, where nulls were not made 0 first.
      let holdsNumbers = !isByRow || table.columns[chosen[place]].holdsNumbers
      let column = DataTable.Column(label: label, cells: cells, holdsNumbers: holdsNumbers)
      if let known = result.columns.firstIndex(where: { $0.label == label }) {
        result.columns[known] = column
      } else {
        result.columns.append(column)
      }
    }
    return result
  }

  /// Nulls count as 0.
  private func sharesOfColumn(_ cells: [Cell]) -> [Cell] {
    let numbers = cells.map { $0.number ?? 0 }
    let total = Statistics.sum(numbers)
    return numbers.map { .real($0 / total) }
  }

  /// Nulls stay what they are.
  private func sharesOfRows() -> [[Cell]] {
    let groups = chosen.map { position in
      let name = table.columns[position].label.first?.text ?? ""
      return shifts.first { name.hasSuffix($0) }
    }
    var shares = chosen.map { _ in [Cell]() }
    for row in 0..<table.rowCount {
      let numbers = chosen.map { table.columns[$0].cells[row].number }
      var parts: [String?: [Double]] = [:]
      for (number, group) in zip(numbers, groups) {
        if let number { parts[group, default: []].append(number) }
      }
      let sums = parts.mapValues { Statistics.sum($0) }
      for (place, number) in numbers.enumerated() {
        let sum = sums[groups[place]] ?? 0
        shares[place].append(number.map { .real($0 / sum) } ?? .null)
      }
    }
    return shares
  }
}
