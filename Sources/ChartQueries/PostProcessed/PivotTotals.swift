// SPDX-License-Identifier: MIT

/// Rows and columns that hold the function's value for each group and for all, behind what they
/// add up.
struct PivotTotals {
  private let function: PivotFunction
  private let name: Cell

  /// - Parameter name: of what adds up all.
  init(_ function: PivotFunction, name: Cell) {
    self.function = function
    self.name = name
  }

  func withColumns(_ table: TypedTable) throws(ChartQueryError) -> TypedTable {
    let labels = table.columns.map(\.label)
    // pandas takes the empty text for a time that is not known.
    let padding = (0..<table.columnLevels).map { level in
      CellKind(of: labels.map { $0[level] }) == .time ? Cell.null : .text("")
    }
    var totals: [(group: PivotTotalGroup, TypedTable.Column)] = []
    for group in PivotTotalGroup.all(of: labels) {
      let part = table.with(columns: Array(table.columns[group.range]))
      let (kind, order) = (CellKind.common(part.columns.map(\.kind)), part.orderOfRowSums)
      var cells: [Cell] = []
      for row in part.transposed.columns {
        cells.append(try function.total(of: row.cells, kind, order))
      }
      let label = group.label(of: labels, name, padding)
      totals.append((group, TypedTable.Column(label, function.kindOfTotal(kind), cells)))
    }
    return table.with(columns: PivotTotalGroup.inserting(totals, behind: table.columns))
  }

  func withRows(_ table: TypedTable) throws(ChartQueryError) -> TypedTable {
    let padding = Array(repeating: Cell.text(""), count: table.rowLevels)
    var kinds = table.columns.map(\.kind)
    var labels: [(PivotTotalGroup, [Cell])] = []
    var totals: [[(PivotTotalGroup, Cell)]] = table.columns.map { _ in [] }
    for group in PivotTotalGroup.all(of: table.rows) {
      labels.append((group, group.label(of: table.rows, name, padding)))
      let row = try totalRow(of: table, kinds, group)
      let kind = CellKind.common(row.map(\.kind))
      for (place, total) in row.enumerated() {
        totals[place].append((group, kind.cast(total.cell)))
        // The row has one type across the table, and each column takes in what it gets.
        kinds[place] = .common([kinds[place], kind])
      }
    }
    let columns = table.columns.indices.map { place in
      let column = table.columns[place]
      return TypedTable.Column(
        column.label, kinds[place],
        PivotTotalGroup.inserting(totals[place], behind: column.cells))
    }
    return TypedTable(
      columns: columns, rows: PivotTotalGroup.inserting(labels, behind: table.rows))
  }

  /// The values of one group, a column each.
  private func totalRow(
    of table: TypedTable, _ kinds: [CellKind], _ group: PivotTotalGroup
  ) throws(ChartQueryError) -> [(cell: Cell, kind: CellKind)] {
    var row: [(Cell, CellKind)] = []
    for (column, kind) in zip(table.columns, kinds) {
      let numbers = Self.numbers(column.cells[group.range].map(kind.cast), kind)
      let cell = try function.total(of: numbers.cells, numbers.kind)
      let kind = function.kindOfTotal(numbers.kind)
      row.append((kind.cast(cell), kind))
    }
    return row
  }

  /// What can be read as numbers; everything else is nothing.
  private static func numbers(
    _ cells: [Cell], _ kind: CellKind
  ) -> (cells: [Cell], kind: CellKind) {
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
