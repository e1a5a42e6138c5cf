// SPDX-License-Identifier: MIT
import SQLDatabases

/// Reads the rows of a result into a table.
struct TableReader {
  private(set) var rowCount = 0
  private(set) var columns = ResultColumns()
  private let times: TimeColumns
  private var timeColumns: [TimeColumn?] = []
  private var cells: [[Cell]] = []

  init(times: TimeColumns) { self.times = times }

  mutating func write(_ row: any SQLRow, labels: [String]) {
    if rowCount == 0 {
      columns.begin(labels)
      timeColumns = labels.map { times[$0] }
      cells = labels.map { _ in [] }
    }
    for index in labels.indices {
      let kind = row.kind(at: index)
      columns.note(kind, at: index)
      cells[index].append(cell(row, index, kind))
    }
    rowCount += 1
  }

  /// Columns of numbers and texts are texts, as in an answer that is not worked up.
  var table: DataTable {
    let mixed = columns.mixed
    return DataTable(
      columns.names.enumerated().map { index, name in
        DataTable.Column(
          label: [.text(name)],
          cells: mixed.contains(index)
            ? cells[index].map { $0.isNull ? .null : .text($0.text) } : cells[index])
      }
    ).settled
  }

  private func cell(_ row: any SQLRow, _ index: Int, _ kind: SQLKind) -> Cell {
    if let time = timeColumns[index] {
      return time.time(row, index, kind).map { .time($0) } ?? .null
    }
    switch kind {
    case .null: return .null
    case .integer: return .integer(row.integer(at: index))
    case .real, .decimal: return .real(row.real(at: index))
    case .boolean: return .json(.bool(row.integer(at: index) != 0))
    case .time: return row.time(at: index).map { .time($0) } ?? .null
    case .text, .blob: return .text(row.text(at: index, kind))
    }
  }
}
