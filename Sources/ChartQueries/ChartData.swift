// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SupersetMetadata

/// The answer to one query: its rows as JSON, and what the rows showed of their columns.
package struct ChartData: Sendable {
  package let statement: SelectStatement
  /// A JSON array of objects.
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
    return ChartData(
      statement: statement, rows: writer.bytes, rowCount: writer.rowCount, columns: writer.columns)
  }

  private static func fill(
    _ writer: inout RowWriter, _ statement: SelectStatement, _ database: any SQLDatabase
  ) throws(ChartQueryError) {
    do {
      try database.read(SQLStatement(statement.text)) { (row: any SQLRow) throws(SQLError) in
        writer.write(row, labels: statement.labels)
      }
    } catch { throw .database(error) }
    writer.finish()
  }
}
