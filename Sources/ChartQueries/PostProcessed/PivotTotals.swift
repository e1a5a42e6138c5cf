// SPDX-License-Identifier: MIT

/// Rows and columns that hold the function's value for each group and for all, behind what they add
/// up.
struct PivotTotals {
  private let functionName: String
  private let name: Cell

  init(_ functionName: String, name: Cell) {
    self.functionName = functionName
    self.name = name
  }

  func withColumns(_ table: TypedTable) throws(ChartQueryError) -> TypedTable {
    let function = try PivotFunction.named(functionName)
    var result = table
    let labels = table.columns.map(\.label)
    let padding = (0..<table.columnLevels).map { level in
      // pandas takes the empty text for a time that is not known.
      CellKind(of: labels.map { $0[level] }) == .time ? Cell.null : .text("")
    }
    for group in groups(of: labels) {
      let part = table.with(columns: table.columns.filter { $0.label.starts(with: group) })
      let (kind, order) = (CellKind.common(part.columns.map(\.kind)), part.orderOfRowSums)
      var cells: [Cell] = []
      for row in part.transposed.columns {
        cells.append(try function.total(of: row.cells, kind, order))
      }
      let label = label(of: group, padding)
      let total = TypedTable.Column(label, function.kindOfTotal(kind), cells)
      let end = end(of: group, in: result.columns.map(\.label))
      result.columns.insert(total, at: end)
    }
    return result
  }

  func withRows(_ table: TypedTable) throws(ChartQueryError) -> TypedTable {
    let function = try PivotFunction.named(functionName)
    var result = table
    let padding = Array(repeating: Cell.text(""), count: table.rowLevels)
    for group in groups(of: table.rows) {
      let rows = result.rows.indices.filter { result.rows[$0].starts(with: group) }
      // Nothing but the group's own rows: totals of wider groups have other names.
      var totals: [TypedTable.Column] = []
      for column in result.columns {
        let numbers = Self.numbers(rows.map { column.cells[$0] }, column.kind)
        let cell = try function.total(of: numbers.cells, numbers.kind)
        totals.append(
          TypedTable.Column(column.label, function.kindOfTotal(numbers.kind), [cell]))
      }
      let end = end(of: group, in: result.rows)
      result = Self.inserting(totals, into: result, at: end)
      result.rows.insert(label(of: group, padding), at: end)
    }
    return result
  }

  /// All rows in one group, then those with the same first value, and so on, down to the last level
  /// but one.
  private func groups(of labels: [[Cell]]) -> [[Cell]] {
    let levels = labels.first?.count ?? 1
    return (0..<levels).flatMap { level in
      var seen: Set<[Cell]> = []
      return labels.map { Array($0.prefix(level)) }.filter { seen.insert($0).inserted }
    }
  }

  private func label(of group: [Cell], _ padding: [Cell]) -> [Cell] {
    group + [group.isEmpty ? name : .text("Subtotal")] + padding.dropFirst(group.count + 1)
  }

  private func end(of group: [Cell], in labels: [[Cell]]) -> Int {
    guard let last = labels.lastIndex(where: { $0.starts(with: group) }) else {
      return labels.count
    }
    return last + 1
  }

  /// The row has one type across the table, and each column takes in what it gets.
  private static func inserting(
    _ totals: [TypedTable.Column], into table: TypedTable, at end: Int
  ) -> TypedTable {
    let kind = CellKind.common(totals.map(\.kind))
    var table = table
    for (place, column) in table.columns.enumerated() {
      var cells = column.cells
      cells.insert(contentsOf: totals[place].cells.map(kind.cast), at: end)
      table.columns[place] = TypedTable.Column(
        column.label, .common([column.kind, kind]), cells)
    }
    return table
  }

  /// What can be read as numbers; everything else is nothing.
  private static func numbers(_ cells: [Cell], _ kind: CellKind) -> (cells: [Cell], kind: CellKind)
  {
    guard kind == .object else { return (cells, kind) }
    let read = cells.map(number)
    let kind = CellKind(of: read)
    return (read, kind == .object ? .real : kind)
  }

  private static func number(_ cell: Cell) -> Cell {
    switch cell {
    case .text(let text):
      if let number = Int(text) { return .integer(number) }
      return PythonNumber.real(text).map { .real($0) } ?? .null
    case .null, .integer, .real, .json: return cell
    case .time: return .null
    }
  }
}
