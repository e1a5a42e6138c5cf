// SPDX-License-Identifier: MIT

extension DataTable {
  /// Every row with what other rows of the same key have in further columns; nulls where there is none.
  ///
  /// - Parameter keys: the columns of the key, by row; where a key comes twice, pandas sorts the rows by it.
  /// - Throws: an error where keys that come often would make too many rows.
  func leftJoined(
    keys: [[Cell]], _ added: [Column], on otherKeys: [[Cell]]
  ) throws(ChartQueryError) -> DataTable {
    let keys = keys.map { $0.map(\.comparable) }
    let otherKeys = otherKeys.map { $0.map(\.comparable) }
    let rows = (0..<rowCount).map { row in keys.map { $0[row] } }
    let otherCount = otherKeys.first?.count ?? 0
    var places: [[Cell]: [Int]] = [:]
    for row in 0..<otherCount { places[otherKeys.map { $0[row] }, default: []].append(row) }
    var order = Array(rows.indices)
    if places.count < otherCount || Set(rows).count < rows.count {
      order.sort {
        precedes(rows[$0], rows[$1]) || (!precedes(rows[$1], rows[$0]) && $0 < $1)
      }
    }
    let count = order.reduce(0) { $0 + (places[rows[$1]]?.count ?? 1) }
    try Self.limit(count, columns.count + added.count, by: "Join")
    let pairs: [(row: Int, other: Int?)] = order.flatMap { row in
      places[rows[row]]?.map { (row, $0) } ?? [(row, nil)]
    }
    let own = columns.map { column in
      column.with(pairs.map { column.cells[$0.row] })
    }
    let joined = added.map { column in
      column.with(column.floating(pairs.map(\.other)))
    }
    return DataTable(own + joined)
  }

  /// The columns of these names first, in this order.
  func begun(with names: [String]) -> DataTable {
    let first = names.compactMap { name in columns.first { $0.name == name } }
    return DataTable(first + columns.filter { !names.contains($0.name) }, index: index)
  }

  /// The columns of both, row by row. What rows were called becomes a column in front, as in pandas.
  func besides(_ other: DataTable) -> DataTable {
    let count = max(rowCount, other.rowCount)
    let name = has("index") ? "level_0" : "index"
    let numbers = Column(label: [.text(name)], cells: (0..<count).map { .integer($0) })
    return DataTable([numbers] + padded(to: count) + other.padded(to: count))
  }

  private func padded(to count: Int) -> [Column] {
    let rows = (0..<count).map { $0 < rowCount ? $0 : nil }
    return columns.map { $0.with($0.floating(rows)) }
  }

  /// One row of nulls.
  static func empty(_ names: [String], keys: [String]) -> DataTable {
    DataTable(
      (keys + names).map { Column(label: [.text($0)], cells: [.null], holdsNumbers: true) })
  }

  /// Whether a column holds times and nulls alone, and at least one time.
  func isTime(_ name: String) -> Bool {
    guard let cells = cells(of: name), !cells.allSatisfy(\.isNull) else { return false }
    return cells.allSatisfy { if case .time = $0 { true } else { $0.isNull } }
  }
}

extension Cell {
  /// Whole numbers and others are the same where they are equal.
  fileprivate var comparable: Cell {
    guard case .integer(let number) = self, number.magnitude < 1 << 53 else { return self }
    return .real(Double(number))
  }
}

extension DataTable.Column {
  /// The first part of the label.
  var name: String { label.first?.text ?? "" }

  /// The cells at these rows; numbers beside nulls are floats, and nulls beside numbers are no numbers.
  fileprivate func floating(_ rows: [Int?]) -> [Cell] {
    let picked = rows.map { row in row.map { cells[$0] } ?? .null }
    let isNumeric = cells.allSatisfy { $0.isNull || $0.number != nil }
    let hasNumbers = cells.contains { $0.number != nil }
    guard isNumeric, hasNumbers, picked.contains(where: \.isNull) else { return picked }
    return picked.map { .real($0.number ?? .nan) }
  }
}
