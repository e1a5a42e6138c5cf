// SPDX-License-Identifier: MIT

/// A table whose columns have types, and whose rows and columns have labels of several levels: what
/// a pivot works on.
struct TypedTable: Sendable {
  typealias Label = [Cell]

  struct Column: Sendable {
    var label: Label
    private(set) var kind: CellKind
    private(set) var cells: [Cell]

    init(_ label: Label, _ kind: CellKind, _ cells: [Cell]) {
      self.label = label
      self.kind = kind
      self.cells = cells.map(kind.cast)
    }

    /// With the type that the cells show.
    init(_ label: Label, _ cells: [Cell]) { self.init(label, CellKind(of: cells), cells) }

    func cast(to kind: CellKind) -> Column { Column(label, kind, cells) }
  }

  var columns: [Column]
  var rows: [Label]
  /// Whether cells lie beside each other in memory row by row, and not column by column.
  var isStoredByRows = false

  /// What stands for nothing while a table is shaped, since groups of nothing are left out; a word
  /// of Superset's.
  static let gap = Cell.text("SUPERSET_PANDAS_NAN")

  var columnLevels: Int { columns.first?.label.count ?? 1 }
  var rowLevels: Int { rows.first?.count ?? 1 }

  func column(named name: String) -> Column? { columns.first { $0.label == [.text(name)] } }

  /// How each row is added up: as it lies in memory, and a table with gaps is copied by rows for
  /// it.
  var orderOfRowSums: PivotArithmetic.Order {
    let isByRows = isStoredByRows || rows.count == 1
    let hasGaps = columns.contains { $0.cells.contains(where: \.isNull) }
    return isByRows || hasGaps ? .sideBySide : .oneAfterTheOther
  }

  /// Rows become columns; all cells then have one type.
  var transposed: TypedTable {
    let kind = CellKind.common(columns.map(\.kind))
    let turned = rows.indices.map { row in
      Column(rows[row], kind, columns.map { $0.cells[row] })
    }
    return TypedTable(columns: turned, rows: columns.map(\.label))
  }

  /// The columns that begin with these names, in their order.
  func selecting(_ names: [String]) -> TypedTable {
    with(columns: names.flatMap { name in columns.filter { $0.label.first == .text(name) } })
  }

  /// Gaps become what they are; all columns of any type then get the type of what they hold.
  var replacingGaps: TypedTable {
    guard columns.contains(where: { $0.cells.contains(Self.gap) }) else { return self }
    return mappingObjects { column in
      let cells = column.cells.map { $0 == Self.gap ? .null : $0 }
      return Column(column.label, CellKind(of: cells, empty: .real), cells)
    }
  }

  /// Gaps become a text like any other.
  func replacingGaps(by text: String) -> TypedTable {
    mappingObjects { column in
      Column(column.label, .object, column.cells.map { $0 == Self.gap ? .text(text) : $0 })
    }
  }

  private func mappingObjects(_ change: (Column) -> Column) -> TypedTable {
    with(columns: columns.map { $0.kind == .object ? change($0) : $0 })
  }

  /// Other columns of the same rows.
  func with(columns: [Column]) -> TypedTable {
    var table = self
    table.columns = columns
    return table
  }
}
