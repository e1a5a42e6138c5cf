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
  /// Rows that the database gave.
  let sqlRowCount: Int
  let columns: ResultColumns
  /// Of a result that was worked up, the columns and rows that this has made.
  let made: Made?

  struct Made: Sendable {
    let names: [String]
    let types: [GenericType]
    let rowNames: JSONValue
  }

  /// Names of the columns, which an answer without rows does not show.
  package var labels: [String] { made?.names ?? statement.labels }

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
    var writer = CSVRowWriter(times: statement.timeColumns, titles: titles, shape: shape)
    try fill(&writer, statement, database)
    // Rows that change between two runs may show something else each time: the last is near enough.
    for _ in 1...3 where writer.found != shape {
      shape = writer.found
      writer = CSVRowWriter(times: statement.timeColumns, titles: titles, shape: shape)
      try fill(&writer, statement, database)
    }
    return ChartData(statement, writer)
  }

  private init(_ statement: SelectStatement, _ rows: some RowSink) {
    self.statement = statement
    self.rows = rows.bytes
    rowCount = rows.rowCount
    sqlRowCount = rows.rowCount
    columns = rows.columns
    made = nil
  }

  /// The result worked up; nothing is done to one without rows.
  static func reading(
    _ statement: SelectStatement, workedUpBy steps: [JSONValue], isTemporal: (String) -> Bool,
    from database: any SQLDatabase
  ) throws(ChartQueryError) -> ChartData {
    var reader = TableReader(times: statement.timeColumns)
    try fill(&reader, statement, database)
    guard reader.rowCount > 0 else { return try reading(statement, from: database) }
    return try ChartData(
      statement, reader, PostProcessing.apply(steps, to: reader.table), isTemporal)
  }

  private init(
    _ statement: SelectStatement, _ reader: TableReader, _ table: DataTable,
    _ isTemporal: (String) -> Bool
  ) throws(ChartQueryError) {
    let names = try table.names
    self.statement = statement
    rows = table.records(names)
    rowCount = table.rowCount
    sqlRowCount = reader.rowCount
    columns = reader.columns
    made = Made(
      names: names, types: table.types(names, isTemporal: isTemporal), rowNames: table.rowNames)
  }

  static func fill(
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
