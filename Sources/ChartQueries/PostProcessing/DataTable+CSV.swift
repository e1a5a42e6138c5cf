// SPDX-License-Identifier: MIT
import PythonTexts

extension DataTable {
  /// As pandas' to_csv writes it; what rows are called stands in front, unless they are only numbered.
  ///
  /// - Parameter titles: what stands above columns of these names; nil where names and values are written as they are.
  func csv(titles: [String: String]?) -> [UInt8] {
    var bytes: [UInt8] = []
    let levels = isNumbered ? [] : (0..<(index.rows.first?.count ?? 1)).map(indexField)
    let names = isNumbered ? [] : index.names ?? levels.map { _ in "" }
    let dialect: CSVText.Dialect = titles == nil ? .plain : .superset
    let header = columns.map { column in
      titles.map { CSVText.escaped($0[column.name] ?? column.name) } ?? column.name
    }
    CSVText.append(names + header, dialect, to: &bytes)
    let fields = columns.map { CSVColumn($0.cells) }
    for row in 0..<rowCount {
      let cells = zip(fields, columns).map { $0.field($1.cells[row], escaping: titles != nil) }
      CSVText.append(levels.map { $0[row] } + cells, dialect, to: &bytes)
    }
    return bytes
  }

  /// Counted from one number on, as pandas counts rows that nobody has named.
  private var isNumbered: Bool {
    guard index.names == nil else { return false }
    guard case .integer(let first)? = index.rows.first?.first else { return index.rows.isEmpty }
    return index.rows.indices.allSatisfy { index.rows[$0] == [.integer(first + $0)] }
  }

  private func indexField(_ level: Int) -> [String] {
    let cells = index.rows.map { $0[level] }
    let column = CSVColumn(cells)
    return cells.map { column.field($0, escaping: false) }
  }
}

/// How the cells of one column are written, which depends on all of them.
struct CSVColumn {
  private let isFloat: Bool
  private let clock: Int?

  /// - Parameter isTyped: false where each cell is written as it is.
  init(_ cells: [Cell], isTyped: Bool = true) {
    let isNumeric = isTyped && cells.allSatisfy { $0.number != nil || $0.isNull }
    isFloat = isNumeric && !cells.allSatisfy(\.isInteger)
    clock = cells.compactMap { if case .time(let time) = $0 { time.clockDigits } else { nil } }
      .max()
  }

  func field(_ cell: Cell, escaping: Bool) -> String {
    switch cell {
    case _ where cell.isNull: ""
    case .integer(let number) where isFloat: PythonText.of(Double(number))
    case .time(let time): time.csv(clock: clock)
    case .text(let text): escaping ? CSVText.escaped(text) : text
    default: cell.text
    }
  }
}
