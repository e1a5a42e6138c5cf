// SPDX-License-Identifier: MIT

/// pandas' pivot_table, as Superset calls it.
struct Pivot {
  private let source: DataTable
  private let index: [String]
  private let pivoted: [String]
  private let functions: [String: Aggregate]
  private let dropsMissing: Bool
  private let fill: Cell?

  init(
    _ source: DataTable, index: [String], columns: [String], functions: [String: Aggregate],
    dropsMissing: Bool, fill: Cell?
  ) {
    self.source = source
    self.index = index
    pivoted = columns
    self.functions = functions
    self.dropsMissing = dropsMissing
    self.fill = fill
  }

  /// - Parameter marginalName: of a last row over all rows, and of columns over all columns; nil for none.
  func table(marginalName: String?) -> DataTable {
    let groups = PostProcessing.groups(of: source, by: index + pivoted)
    let rows = unique(groups.map { Array($0.key.prefix(index.count)) })
    let series = unique(groups.map { Array($0.key.dropFirst(index.count)) })
    let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
    var columns: [DataTable.Column] = []
    for name in functions.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let values = series.map { part in
        DataTable.Column(
          label: [.text(name)] + part, cells: Array(repeating: .null, count: rows.count))
      }
      columns += filled(values, name, groups, series, places)
    }
    var table = DataTable(columns, index: .init(names: index, rows: rows))
    if dropsMissing { dropEmpty(&table) }
    if let fill { replaceNulls(&table, by: fill) }
    if let marginalName { append(&table, marginalName) }
    return table
  }

  private func filled(
    _ columns: [DataTable.Column], _ name: String, _ groups: [(key: [Cell], rows: [Int])],
    _ series: [[Cell]], _ places: [[Cell]: Int]
  ) -> [DataTable.Column] {
    guard let function = functions[name], let cells = source.cells(of: name) else { return [] }
    let positions = Dictionary(uniqueKeysWithValues: series.enumerated().map { ($1, $0) })
    var columns = columns
    for group in groups {
      guard let row = places[Array(group.key.prefix(index.count))],
        let column = positions[Array(group.key.dropFirst(index.count))]
      else { continue }
      columns[column].cells[row] = function.value(of: group.rows.map { cells[$0] })
    }
    let isWhole = cells.allSatisfy(\.isInteger)
    return isWhole && dropsMissing ? columns.map(narrowed) : columns
  }

  /// Whole numbers become integers again where their source had none but these.
  private func narrowed(_ column: DataTable.Column) -> DataTable.Column {
    var whole: [Cell] = []
    for cell in column.cells {
      switch cell {
      case .real(let number) where number == number.rounded() && number.magnitude < 0x1p53:
        whole.append(.integer(Int(number)))
      case .integer: whole.append(cell)
      default: return column
      }
    }
    return DataTable.Column(label: column.label, cells: whole)
  }

  private func unique(_ keys: [[Cell]]) -> [[Cell]] {
    Set(keys).sorted(by: precedes)
  }

  /// Columns, and before them rows, that hold nothing.
  private func dropEmpty(_ table: inout DataTable) {
    let kept = (0..<table.rowCount).filter { row in
      table.columns.contains { !$0.cells[row].isNull }
    }
    if kept.count < table.rowCount { table = table.rows(kept) }
    table.columns.removeAll { $0.cells.allSatisfy(\.isNull) }
  }

  private func replaceNulls(_ table: inout DataTable, by fill: Cell) {
    for position in table.columns.indices {
      table.columns[position].cells = table.columns[position].cells.map { $0.isNull ? fill : $0 }
    }
  }

  /// The aggregates over all rows, and, where columns were pivoted, over all of these.
  private func append(_ table: inout DataTable, _ name: String) {
    let rest = Array(repeating: Cell.text(""), count: max(0, index.count - 1))
    let total = [.text(name)] + rest
    if !pivoted.isEmpty { appendColumns(&table, name) }
    for position in table.columns.indices {
      let label = table.columns[position].label
      let part = Array(label.dropFirst())
      let isMarginal = part.first == .text(name)
      table.columns[position].cells.append(
        value(label, where: { row in isMarginal || part.isEmpty || key(row, pivoted) == part }))
    }
    table.index.rows.append(total)
  }

  private func appendColumns(_ table: inout DataTable, _ name: String) {
    let rest = Array(repeating: Cell.text(""), count: pivoted.count - 1)
    let names = unique(table.columns.map { [$0.label[0]] })
    var columns: [DataTable.Column] = []
    for metric in names {
      columns += table.columns.filter { $0.label[0] == metric[0] }
      let label = metric + [.text(name)] + rest
      let cells = table.index.rows.map { row in value(label, where: { key($0, index) == row }) }
      columns.append(DataTable.Column(label: label, cells: cells))
    }
    table.columns = columns
  }

  private func key(_ row: Int, _ names: [String]) -> [Cell] {
    names.compactMap { source.cells(of: $0)?[row] }
  }

  private func value(_ label: DataTable.Label, where belongs: (Int) -> Bool) -> Cell {
    guard case .text(let name) = label[0], let function = functions[name],
      let cells = source.cells(of: name)
    else { return .null }
    return function.value(of: cells.indices.filter(belongs).map { cells[$0] })
  }
}
