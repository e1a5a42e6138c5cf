// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SupersetMetadata

/// The answer to one query: its rows as JSON, and what the rows showed of their columns.
package struct ChartData: Sendable {
  package let statement: SelectStatement
  /// A JSON array of objects, or CSV.
  package let rows: [UInt8]
  package let rowCount: Int
  let columns: ResultColumns

  /// Names of the columns, which an answer without rows does not show.
  package var labels: [String] { statement.labels }

  /// Runs the statement; a column of numbers and texts makes it run once more, as texts.
  static func reading(
    _ statement: SelectStatement, from database: any SQLDatabase
  ) throws(ChartQueryError) -> ChartData {
    var writer = RowWriter(times: statement.timeColumns)
    try fill(&writer, statement, database)
    var mixed = writer.columns.mixed
    // Rows may change between two runs: go on until the text fits what was seen.
    while !mixed.isEmpty {
      writer = RowWriter(times: statement.timeColumns, textColumns: mixed)
      try fill(&writer, statement, database)
      if writer.columns.mixed.isSubset(of: mixed) { break }
      mixed.formUnion(writer.columns.mixed)
    }
    return ChartData(statement, writer)
  }

  /// The same as CSV.
  ///
  /// - Parameter titles: what stands above columns of these names.
  static func readingCSV(
    _ statement: SelectStatement, titles: [String: String], from database: any SQLDatabase
  ) throws(ChartQueryError) -> ChartData {
    var shape = CSVRowWriter.Shape()
    // Rows that change between two runs may show something else each time: the third is near enough.
    for _ in 1...3 {
      var writer = CSVRowWriter(times: statement.timeColumns, titles: titles, shape: shape)
      try fill(&writer, statement, database)
      if writer.found == shape { return ChartData(statement, writer) }
      shape = writer.found
    }
    var writer = CSVRowWriter(times: statement.timeColumns, titles: titles, shape: shape)
    try fill(&writer, statement, database)
    return ChartData(statement, writer)
  }

  private init(_ statement: SelectStatement, _ rows: some RowSink) {
    self.statement = statement
    self.rows = rows.bytes
    rowCount = rows.rowCount
    columns = rows.columns
  }

  private static func fill(
    _ rows: inout some RowSink, _ statement: SelectStatement, _ database: any SQLDatabase
  ) throws(ChartQueryError) {
    do {
      try database.read(SQLStatement(statement.text)) { (row: any SQLRow) throws(SQLError) in
        rows.write(row, labels: statement.labels)
      }
    } catch { throw .database(error) }
    rows.finish()
  }
}
