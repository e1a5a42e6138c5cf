// SPDX-License-Identifier: MIT

extension TypedTable {
  /// Labels of one part are texts, those of several keep what they are.
  var withTextLabels: TypedTable {
    var table = self
    if rowLevels == 1 { table.rows = rows.map { $0.map { .text($0.pandasText) } } }
    if columnLevels == 1 {
      for place in columns.indices {
        table.columns[place].label = columns[place].label.map { .text($0.pandasText) }
      }
    }
    return table
  }

  var withoutGapLabels: TypedTable {
    func named(_ label: Label) -> Label { label.map { $0 == Self.gap ? .null : $0 } }
    var table = self
    table.rows = rows.map(named)
    for place in columns.indices { table.columns[place].label = named(columns[place].label) }
    return table
  }
}
