// SPDX-License-Identifier: MIT
import JSONValues

/// A result while it is worked up: columns of cells, as in a pandas frame.
struct DataTable: Sendable {
  /// A label has several parts after a pivot: the metric, then the values of the pivoted columns.
  typealias Label = [Cell]

  struct Column: Sendable {
    var label: Label
    var cells: [Cell]
    /// Whether pandas holds it as numbers, even where no cell shows that.
    var holdsNumbers = false

    func with(_ cells: [Cell]) -> Column {
      Column(label: label, cells: cells, holdsNumbers: holdsNumbers)
    }
  }

  /// What the rows are called.
  struct Index: Sendable {
    /// Names of its levels, where rows are called by values of columns that were; nil where they are numbered.
    var names: [String]?
    var rows: [[Cell]]

    static func numbered(_ count: Int) -> Index {
      Index(names: nil, rows: (0..<count).map { [.integer($0)] })
    }
  }

  var columns: [Column]
  var index: Index

  init(_ columns: [Column], index: Index? = nil) {
    self.columns = columns
    self.index = index ?? .numbered(columns.first?.cells.count ?? 0)
  }

  var rowCount: Int { index.rows.count }
  var hasLevels: Bool { columns.contains { $0.label.count > 1 } }

  /// Whether there is a column of this name, or, of several levels, one with this first part.
  func has(_ name: String) -> Bool { columns.contains { $0.label.first == .text(name) } }

  func cells(of name: String) -> [Cell]? { columns.first { $0.label == [.text(name)] }?.cells }

  /// Positions of the columns that a name stands for: several, where labels have levels.
  func positions(of name: String) -> [Int] {
    columns.indices.filter { columns[$0].label.first == .text(name) }
  }

  /// The rows at these positions, in this order; they keep what they are called.
  func rows(_ positions: [Int]) -> DataTable {
    DataTable(
      columns.map { column in column.with(positions.map { column.cells[$0] }) },
      index: Index(names: index.names, rows: positions.map { index.rows[$0] }))
  }

  /// As pandas holds a result of a database: whole numbers among nulls are floats.
  var settled: DataTable {
    var table = self
    for position in columns.indices {
      let cells = columns[position].cells
      let isNumeric = cells.allSatisfy { $0 == .null || $0.isNumeric }
      table.columns[position].holdsNumbers = isNumeric && cells.contains(where: \.isNumeric)
      guard isNumeric, cells.contains(.null), cells.contains(where: \.isInteger) else { continue }
      table.columns[position].cells = cells.map { cell in cell.number.map { .real($0) } ?? .null }
    }
    return table
  }

  /// Cells of a table that an operation makes: ten times what a chart can show, and less than half a gigabyte.
  static let mostCells = 10_000_000

  /// - Throws: an error where a table of this many rows, columns and so on would have too many cells.
  static func limit(_ counts: Int..., by operation: String) throws(ChartQueryError) {
    let product = counts.map(Double.init).reduce(1, *)
    guard product <= Double(mostCells) else {
      throw .postProcessing(reason: "\(operation) would make more than \(mostCells) cells")
    }
  }

  /// - Throws: an error where one of the names stands for no column of its own: in a pivot they stand for several.
  func requireSingle(_ names: [String]) throws(ChartQueryError) {
    try require(names)
    guard names.allSatisfy({ cells(of: $0) != nil }) else {
      throw .postProcessing(reason: "a pivot has to be flattened before this operation")
    }
  }

  /// - Throws: an error where one of the names stands for no column.
  func require(_ names: [String]) throws(ChartQueryError) {
    guard names.allSatisfy(has) else {
      throw .postProcessing(reason: "Referenced columns not available in DataFrame.")
    }
    // The same columns again and again.
    if names.count > columns.count { try Self.limit(names.count, rowCount, by: "Operation") }
  }
}
