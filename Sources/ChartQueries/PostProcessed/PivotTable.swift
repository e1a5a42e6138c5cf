// SPDX-License-Identifier: MIT

/// Makes a pivot table of the rows of an answer, as Superset does for reports.
struct PivotTable {
  private let form: PivotForm
  /// What rows and columns are of, before metrics on rows are turned back.
  private let rowNames: [String]
  private let columnNames: [String]

  init(_ form: PivotForm) {
    self.form = form
    // With metrics on its rows a table is made lying on its side, and turned at the end.
    let isTurned = form.isTransposed != form.hasMetricsOnRows
    rowNames = isTurned ? form.columns : form.rows
    columnNames = isTurned ? form.rows : form.columns
  }

  private var totalName: Cell { .text("Total (\(form.function))") }

  func table(of source: TypedTable) throws(ChartQueryError) -> TypedTable {
    var table = try grouped(source.withGaps)
    if form.combinesMetrics, table.columnLevels > 1 {
      table.columns = try combined(table.columns)
    } else if !rowNames.isEmpty {
      table = table.selecting(form.metrics)
    }
    table = try PivotFractions(form)?.applied(to: table) ?? table
    table = table.withTextLabels
    table = try withTotals(table)
    if form.hasMetricsOnRows { table = table.transposed }
    return table.replacingGaps.withoutGapLabels
  }

  private func withTotals(_ table: TypedTable) throws(ChartQueryError) -> TypedTable {
    let hasRows = form.hasColumnTotals && !rowNames.isEmpty
    guard form.hasRowTotals || hasRows else { return table }
    let totals = PivotTotals(try PivotFunction.named(form.function), name: totalName)
    var table = table
    if form.hasRowTotals {
      // Superset means numbers that are not there, and takes them for text.
      table = form.hasMetricsOnRows ? table.replacingGaps : table.replacingGaps(by: "nan")
      table = try totals.withColumns(table)
    }
    return hasRows ? try totals.withRows(table) : table
  }

  private func grouped(_ source: TypedTable) throws(ChartQueryError) -> TypedTable {
    guard !(rowNames + columnNames).isEmpty else {
      var table = source
      table.rows[table.rows.count - 1] = [totalName]
      return table
    }
    let groups = try PivotGroups(
      source, rows: rowNames, columns: columnNames, metrics: form.metrics,
      try PivotFunction.named(form.function))
    guard rowNames.isEmpty else { return try groups.table() }
    var table = try groups.tableOfColumns().selecting(form.metrics)
    table.rows[table.rows.count - 1] = [totalName]
    return table
  }

  /// The metric becomes the last level, and columns are sorted by all others first.
  private func combined(
    _ columns: [TypedTable.Column]
  ) throws(ChartQueryError) -> [TypedTable.Column] {
    let moved = columns.map { column in
      TypedTable.Column(
        Array(column.label.dropFirst()) + column.label.prefix(1), column.kind, column.cells)
    }
    let groups = moved.map { Array($0.label.dropLast()) }
    try refuseMixed(groups[...], level: 0)
    let places = Dictionary(
      form.metrics.enumerated().map { (Cell.text($1), $0) }, uniquingKeysWith: { first, _ in first }
    )
    func place(_ index: Int) -> Int { moved[index].label.last.flatMap { places[$0] } ?? .max }
    let order = moved.indices.sorted { left, right in
      if groups[left] != groups[right] { return precedes(groups[left], groups[right]) }
      return (place(left), left) < (place(right), right)
    }
    return order.map { moved[$0] }
  }

  /// - Throws: an error where Python would have to compare a text with a number.
  private func refuseMixed(
    _ labels: ArraySlice<[Cell]>, level: Int
  ) throws(ChartQueryError) {
    guard let levels = labels.first?.count, level < levels else { return }
    if let (text, other) = Cell.incomparable(labels.map { $0[level] }) {
      throw .breaksOff(
        reason: "'<' not supported between instances of"
          + " '\(text.pythonType)' and '\(other.pythonType)'")
    }
    for (_, group) in Dictionary(grouping: labels, by: { $0[level] }) {
      try refuseMixed(group[...], level: level + 1)
    }
  }
}
