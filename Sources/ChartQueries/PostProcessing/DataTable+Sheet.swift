// SPDX-License-Identifier: MIT
import Spreadsheets

extension DataTable {
  /// As pandas' to_excel writes it: what the rows are called stands in front. Nothing where there are no rows.
  ///
  /// - Parameter titles: what stands above columns of these names.
  /// - Throws: an error for a table that no sheet can hold.
  func workbook(titles: [String: String]) throws(ChartQueryError) -> [UInt8] {
    var sheet = Spreadsheet()
    guard rowCount > 0 else { return sheet.finished() }
    let levels = index.rows.first?.count ?? 1
    guard rowCount < Spreadsheet.mostRows, levels + columns.count <= Spreadsheet.mostColumns else {
      throw .breaksOff(
        reason: "This sheet is too large! Your sheet size is: \(rowCount), \(columns.count)"
          + " Max sheet size is: \(Spreadsheet.mostRows), \(Spreadsheet.mostColumns)")
    }
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
