// SPDX-License-Identifier: MIT

extension TypedTable {
  /// The rows of an answer as they were asked for, under the titles of their columns.
  init(_ table: DataTable, titles: [String: String]) {
    columns = table.columns.map { column in
      let name = column.name
      return Column([.text(titles[name] ?? name)], column.cells)
    }
    rows = columns.first?.cells.indices.map { [.integer($0)] } ?? []
  }

  /// Each null a gap that can be grouped by; a column that has some holds cells of any type.
  var withGaps: TypedTable {
    var table = self
    for (place, column) in columns.enumerated() {
      guard column.cells.contains(where: \.isNull) else { continue }
      table.columns[place] = Column(
        column.label, .object, column.cells.map { $0.isNull ? Self.gap : $0 })
    }
    return table
  }
}
