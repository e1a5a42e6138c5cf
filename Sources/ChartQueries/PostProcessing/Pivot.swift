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
  /// - Throws: an error where it would have too many cells.
  func table(marginalName: String?) throws(ChartQueryError) -> DataTable {
    var groups = PostProcessing.groups(of: source, by: index + pivoted)
    if dropsMissing { groups.removeAll(where: isEmpty) }
    var rows = unique(groups.map { Array($0.key.prefix(index.count)) })
    var series =
      pivoted.isEmpty ? [[]] : unique(groups.map { Array($0.key.dropFirst(index.count)) })
    let isComplete = groups.count == rows.count * series.count
    if !dropsMissing {
      if index.count > 1 { rows = try product(of: index) }
      if !pivoted.isEmpty { series = try allSeries(isEmpty: rows.isEmpty) }
    }
    try DataTable.limit(rows.count, series.count, functions.count, by: "Pivot operation")
    let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
    var columns: [DataTable.Column] = []
    for name in functions.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let values = series.map { part in
        DataTable.Column(
          label: [.text(name)] + part, cells: Array(repeating: .null, count: rows.count),
          holdsNumbers: true)
      }
      columns += filled(values, name, groups, series, places, isComplete)
    }
    var table = DataTable(columns, index: .init(names: index, rows: rows))
    if let fill { replaceNulls(&table, by: fill) }
    if dropsMissing { table.columns.removeAll { $0.cells.allSatisfy(\.isNull) } }
    if let marginalName { append(&table, marginalName) }
    return table
  }

  private func filled(
    _ columns: [DataTable.Column], _ name: String, _ groups: [(key: [Cell], rows: [Int])],
    _ series: [[Cell]], _ places: [[Cell]: Int], _ isComplete: Bool
  ) -> [DataTable.Column] {
    guard let function = functions[name], let cells = source.cells(of: name) else { return [] }
    let positions = Dictionary(uniqueKeysWithValues: series.enumerated().map { ($1, $0) })
    var values = groups.map { group in function.value(of: group.rows.map { cells[$0] }) }
    if !isComplete {
      values = values.map { $0.isInteger ? .real($0.number ?? .nan) : $0 }
    } else if dropsMissing, cells.allSatisfy(\.isInteger) {
      values = narrowed(values)
    }
    var columns = columns
    for (group, value) in zip(groups, values) {
      guard let row = places[Array(group.key.prefix(index.count))],
        let column = positions[Array(group.key.dropFirst(index.count))]
      else { continue }
      columns[column].cells[row] = value
    }
    return columns
  }

  /// Whole numbers that come of integers become integers again, if all of them are whole.
  private func narrowed(_ values: [Cell]) -> [Cell] {
    let whole = values.compactMap { value -> Cell? in
      guard let number = value.number, number == number.rounded(), number.magnitude < 0x1p53 else {
        return nil
      }
      return .integer(Int(number))
    }
    return whole.count == values.count ? whole : values
  }

  private func unique(_ keys: [[Cell]]) -> [[Cell]] {
    Set(keys).sorted(by: precedes)
  }

  /// Every value of each of these columns with every value of the others.
  private func product(of names: [String]) throws(ChartQueryError) -> [[Cell]] {
    var keys: [[Cell]] = [[]]
    for name in names {
      let values = unique((source.cells(of: name) ?? []).filter { !$0.isNull }.map { [$0] })
      try DataTable.limit(keys.count, values.count, by: "Pivot operation")
      keys = keys.flatMap { key in values.map { key + $0 } }
    }
    return keys
  }

  /// Those that stand in some row, were it one that belongs to no group; without any group all that could.
  private func allSeries(isEmpty: Bool) throws(ChartQueryError) -> [[Cell]] {
    let possible = try product(of: pivoted)
    guard !isEmpty else { return possible }
    let present = Set((0..<source.rowCount).map { key($0, pivoted) })
    return possible.filter(present.contains)
  }

  /// Whether nothing comes out for a group.
  private func isEmpty(_ group: PostProcessing.Group) -> Bool {
    functions.allSatisfy { name, function in
      let cells = source.cells(of: name) ?? []
      return function.value(of: group.rows.map { cells[$0] }).isNull
    }
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
    let all = Array(0..<source.rowCount)
    let series = Dictionary(grouping: all) { key($0, pivoted) }
    for position in table.columns.indices {
      let label = table.columns[position].label
      let part = Array(label.dropFirst())
      let isWhole = part.isEmpty || part.first == .text(name)
      table.columns[position].cells.append(value(label, of: isWhole ? all : series[part] ?? []))
    }
    table.index.rows.append(total)
  }

  private func appendColumns(_ table: inout DataTable, _ name: String) {
    let rest = Array(repeating: Cell.text(""), count: pivoted.count - 1)
    let names = unique(table.columns.map { [$0.label[0]] })
    let groups = Dictionary(grouping: 0..<source.rowCount) { key($0, index) }
    var columns: [DataTable.Column] = []
    for metric in names {
      columns += table.columns.filter { $0.label[0] == metric[0] }
      let label = metric + [.text(name)] + rest
      let cells = table.index.rows.map { value(label, of: groups[$0] ?? []) }
      columns.append(DataTable.Column(label: label, cells: cells, holdsNumbers: true))
    }
    table.columns = columns
  }

  private func key(_ row: Int, _ names: [String]) -> [Cell] {
    names.compactMap { source.cells(of: $0)?[row] }
  }

  private func value(_ label: DataTable.Label, of rows: [Int]) -> Cell {
    guard case .text(let name) = label[0], let function = functions[name],
      let cells = source.cells(of: name)
    else { return .null }
    return function.value(of: rows.map { cells[$0] })
  }
}
