// SPDX-License-Identifier: MIT
import Spreadsheets

extension DataTable {
  /// As pandas' to_excel writes it: what the rows are called stands in front. Nothing where there are no rows.
  ///
  /// - Parameter titles: what stands above columns of these names.
  func workbook(titles: [String: String]) -> [UInt8] {
    var sheet = Spreadsheet()
    guard rowCount > 0 else { return sheet.finished() }
    let levels = index.rows.first?.count ?? 1
    let names = index.names ?? Array(repeating: "", count: levels)
    let header =
      names.map { $0.isEmpty ? SheetCell.empty : .text($0) }
      + columns.map { .text(titles[$0.name] ?? $0.name) }
    sheet.append(header, headings: header.count)
    for row in 0..<rowCount {
      let cells = index.rows[row] + columns.map { $0.cells[row] }
      sheet.append(cells.map(\.sheetCell), headings: levels)
    }
    return sheet.finished()
  }
}

extension Cell {
  fileprivate var sheetCell: SheetCell {
    switch self {
    case .null: .empty
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .text(let text): .text(text)
    // Spreadsheets count days from 1899-12-30 on.
    case .time(let time): .time(days: Double(time.microseconds) / 86_400_000_000 + 25_569)
    case .json(let value): .text(value.text)
    }
  }
}
