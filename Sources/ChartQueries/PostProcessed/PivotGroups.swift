// SPDX-License-Identifier: MIT
import PythonTexts

/// The groups of a table's rows, with the value of each metric in each.
struct PivotGroups {
  private let rowLevels: Int
  private let keys: [[Cell]]
  /// A column for each metric, a cell for each group; metrics in the order of their names.
  private let values: [TypedTable.Column]

  init(
    _ source: TypedTable, rows: [String], columns: [String], metrics: [String],
    _ function: PivotFunction
  ) throws(ChartQueryError) {
    rowLevels = rows.count
    let names = rows + columns
    try Self.refuseMissing(names, metrics, in: source)
    let levels = names.compactMap { source.column(named: $0)?.cells }
    let found = Dictionary(grouping: source.rows.indices) { row in levels.map { $0[row] } }
    let keys = found.keys.sorted {
      $0.lexicographicallyPrecedes($1, by: Cell.precedesInGroups)
    }
    self.keys = keys
    var values: [TypedTable.Column] = []
    for name in Set(metrics).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard let column = source.column(named: name) else { continue }
      var cells: [Cell] = []
      for key in keys {
        let group = (found[key] ?? []).map { column.cells[$0] }
        cells.append(try function.value(of: group, column.kind))
      }
      // A list of one function gives its results a level more.
      let label: [Cell] = [.text(name)] + (function == .deviation ? [.text("<lambda>")] : [])
      values.append(
        Self.narrowed(TypedTable.Column(label, cells), ofIntegers: column.kind == .integer))
    }
    self.values = values
  }

  private static func refuseMissing(
    _ names: [String], _ metrics: [String], in source: TypedTable
  ) throws(ChartQueryError) {
    if let missing = (metrics + names).first(where: { source.column(named: $0) == nil }) {
      throw .breaksOff(reason: PythonText.quoted(missing))
    }
    guard !metrics.isEmpty else { throw .breaksOff(reason: "No objects to concatenate") }
    let isNarrowed = names.count + metrics.count < source.columns.count
    guard isNarrowed, Set(names).count < names.count else { return }
    let twice = names.first { name in names.count { $0 == name } > 1 } ?? ""
    throw .breaksOff(reason: "Grouper for '\(twice)' not 1-dimensional")
  }

  /// Integers again, where what came of integers is near enough to be some.
  private static func narrowed(
    _ column: TypedTable.Column, ofIntegers isWhole: Bool
  ) -> TypedTable.Column {
    guard isWhole, column.kind == .real else { return column }
    var whole: [Cell] = []
    for cell in column.cells {
      guard let number = cell.number, let integer = Int(exactly: number.rounded(.towardZero)),
        abs(Double(integer) - number) <= 1e-8
      else { return column }
      whole.append(.integer(integer))
    }
    return TypedTable.Column(column.label, .integer, whole)
  }

  /// A row for each combination of the rows' values, columns for each metric and each combination
  /// of the columns'.
  func table() throws(ChartQueryError) -> TypedTable {
    let rows = unique(keys.map { Array($0.prefix(rowLevels)) })
    let series = unique(keys.map { Array($0.dropFirst(rowLevels)) })
    try DataTable.limit(rows.count, series.count, values.count, by: "Pivot operation")
    let groups = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    // One gap anywhere makes floats of all integers.
    let isFull = rows.count * series.count == keys.count
    let columns = values.flatMap { value in
      series.map { part in
        TypedTable.Column(
          value.label + part, isFull ? value.kind : value.kind.withGaps,
          rows.map { row in groups[row + part].map { value.cells[$0] } ?? .null })
      }
    }
    return TypedTable(columns: columns, rows: rows)
  }

  /// Without rows: the last level stands above the columns, the others beside the rows.
  func tableOfColumns() throws(ChartQueryError) -> TypedTable {
    let rows = unique(keys.map { Array($0.dropLast()) })
    let lasts = unique(keys.map { Array($0.suffix(1)) })
    try DataTable.limit(rows.count, lasts.count, values.count, by: "Pivot operation")
    let groups = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    let isFull = rows.count * lasts.count == keys.count
    let kind = CellKind.common(values.map(\.kind))
    let columns = values.flatMap { value in
      lasts.map { last in
        TypedTable.Column(
          value.label + last, isFull ? kind : kind.withGaps,
          rows.map { row in groups[row + last].map { kind.cast(value.cells[$0]) } ?? .null })
      }
    }
    return TypedTable(columns: columns, rows: rows.map(Self.single), isStoredByRows: true)
  }

  /// A label of several parts as the tuple that pandas prints.
  private static func single(_ label: [Cell]) -> [Cell] {
    guard label.count != 1 else { return label }
    return [.text("(\(label.map(\.pandasRepresentation).joined(separator: ", ")))")]
  }

  private func unique(_ labels: [[Cell]]) -> [[Cell]] {
    var seen: Set<[Cell]> = []
    return labels.filter { seen.insert($0).inserted }
      .sorted { $0.lexicographicallyPrecedes($1, by: Cell.precedesInGroups) }
  }
}
