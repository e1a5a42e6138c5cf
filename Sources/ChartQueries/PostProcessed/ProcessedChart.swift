// SPDX-License-Identifier: MIT
import JSONValues

/// A chart whose answers are worked up as its form asks; those of all others are as they come from
/// the database.
struct ProcessedChart: Sendable {
  enum ChartType: String {
    case pivot = "pivot_table_v2"
    case table = "table"
  }

  let type: ChartType
  let form: JSONValue

  /// Nil for a form of another type.
  init?(_ form: JSONValue) {
    guard let type = form["viz_type"]?.stringValue.flatMap(ChartType.init) else { return nil }
    self.type = type
    self.form = form
  }

  /// - Throws: an error for a form over which Superset breaks off, and for any workbook.
  func table(
    of rows: DataTable, for layout: RowLayout, titles: [String: String]
  ) throws(ChartQueryError) -> ProcessedTable {
    switch layout {
    case .array, .lines, .plainCSV:
      return try ProcessedTable(rows, self, titles: titles, isRead: false)
    // The rows are read from the text that would have been the answer.
    case .csv:
      let read = CSVTable(rows.csv(titles: titles)).table
      return try ProcessedTable(read, self, titles: titles, isRead: true)
    case .workbook: throw Self.faultOfWorkbooks
    }
  }

  static let faultOfWorkbooks = ChartQueryError.breaksOff(
    reason: "cannot access local variable 'df' where it is not associated with a value")
}
