// SPDX-License-Identifier: MIT

/// Cells as parts of the sum of their row or column.
struct PivotFractions {
  private enum Whole { case total, rows, columns }

  private let whole: Whole
  private let hasMetricsOnRows: Bool

  /// Nil where the function's name asks for no fractions.
  init?(_ form: PivotForm) {
    hasMetricsOnRows = form.hasMetricsOnRows
    switch form.function {
    case let name where name.hasSuffix(" as Fraction of Total"): whole = .total
    case let name where name.hasSuffix(" as Fraction of Rows"): whole = .rows
    case let name where name.hasSuffix(" as Fraction of Columns"): whole = .columns
    default: return nil
    }
  }

  func applied(to table: TypedTable) throws(ChartQueryError) -> TypedTable {
    guard whole != .total else { throw try faultOfTotal(table) }
    // With metrics on rows the table still lies on its side.
    guard (whole == .columns) != hasMetricsOnRows else {
      let parts = try parts(of: table.transposed, table.orderOfRowSums).transposed
      return table.with(columns: parts.columns)
    }
    return try parts(of: table, .sideBySide)
  }

  /// What there is of the sums of a table never has the type that Superset asks them for.
  private func faultOfTotal(_ table: TypedTable) throws(ChartQueryError) -> ChartQueryError {
    var sums: [Cell] = []
    for column in table.columns {
      sums.append(try PivotArithmetic.sum(column.cells, column.kind))
    }
    let kind = CellKind(of: sums)
    _ = try PivotArithmetic.sum(sums, kind)
    let type = kind == .integer ? "numpy.int64" : "numpy.float64"
    return .breaksOff(reason: "'\(type)' object has no attribute 'dtypes'")
  }

  private func parts(
    of table: TypedTable, _ order: PivotArithmetic.Order
  ) throws(ChartQueryError) -> TypedTable {
    var table = table
    for (place, column) in table.columns.enumerated() {
      let sum = try PivotArithmetic.sum(column.cells, column.kind, order)
      var cells: [Cell] = []
      for cell in column.cells {
        guard !cell.isNull else {
          cells.append(.null)
          continue
        }
        guard let part = cell.realNumber, let sum = sum.realNumber else {
          throw .breaksOff(
            reason: "unsupported operand type(s) for /:"
              + " '\(cell.pythonType)' and '\(sum.pythonType)'")
        }
        let quotient = part / sum
        cells.append(quotient.isNaN ? .null : .real(quotient))
      }
      table.columns[place] = TypedTable.Column(
        column.label, column.kind == .object ? .object : .real, cells)
    }
    return table
  }
}
