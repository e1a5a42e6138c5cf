// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SupersetMetadata

/// Writes the rows of a query as they come from the cursor; no more than a buffer of them is ever held.
struct RowsWriter {
  /// Nil where a statement is known to find nothing.
  private(set) var database: (any SQLDatabase)?
  let dataset: Dataset
  /// What people see instead of the names of columns and metrics, where the dataset says so.
  let titles: [String: String]
  let layout: RowLayout

  private static let bufferSize = 65_536

  func write(
    _ rows: QueryRows, to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> WrittenRows {
    switch rows.source {
    case .processed(let table, let labels, let count):
      return try write(table, labels, of: count, to: &output)
    case .table(let table, let count): return try write(table, of: count, to: &output)
    case .database: return try write(rows.statement, to: &output)
    case .nothing:
      var writer = self
      writer.database = nil
      return try writer.write(rows.statement, to: &output)
    }
  }

  private func write(
    _ statement: SelectStatement, to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> WrittenRows {
    switch layout {
    case .csv, .plainCSV: try writeCSV(statement, to: &output)
    case .array, .lines, .workbook: try writeJSON(statement, to: &output)
    }
  }

  private func write(
    _ table: DataTable, of rowCount: Int, to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> WrittenRows {
    let labels = try table.names
    let names = labels.map(AnswerLabel.unescaped)
    let table = table.called(names)
    switch layout {
    case .array, .lines: try table.writeRecords(names, layout, to: &output)
    case .csv: try output.append(table.csv(titles: titles))
    case .plainCSV: try output.append(table.csv(titles: nil))
    case .workbook: try output.append(try table.workbook(titles: titles))
    }
    let types = table.types(names) { dataset.column(named: $0)?.isTemporal == true }
    return WrittenRows(
      names: names, labels: labels, types: types, rowCount: table.rowCount, sqlRowCount: rowCount,
      rowNames: table.rowNames)
  }

  private func write(
    _ table: ProcessedTable, _ labels: [String], of rowCount: Int,
    to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> WrittenRows {
    try output.append(layout == .array ? table.data.bytes : table.csv)
    let types = table.types { dataset.column(named: $0)?.isTemporal == true }
    return WrittenRows(
      names: labels.map(AnswerLabel.unescaped), labels: labels, types: types,
      rowCount: table.rowCount, sqlRowCount: rowCount, rowNames: table.rowNames,
      columnNames: table.columnNames)
  }

  /// A column of numbers and texts makes the statement run once more, as texts.
  private func writeJSON(
    _ statement: SelectStatement, to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> WrittenRows {
    let beginning = output.position
    var writer = RowWriter(times: statement.timeColumns, layout)
    try fill(&writer, statement, &output)
    var mixed = writer.columns.mixed
    // Rows may change between two runs: go on until the text fits what was seen.
    while !mixed.isEmpty {
      try output.truncate(to: beginning)
      writer = RowWriter(times: statement.timeColumns, layout, textColumns: mixed)
      try fill(&writer, statement, &output)
      if writer.columns.mixed.isSubset(of: mixed) { break }
      mixed.formUnion(writer.columns.mixed)
    }
    return written(writer, statement)
  }

  private func writeCSV(
    _ statement: SelectStatement, to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> WrittenRows {
    let beginning = output.position
    let titles = layout == .csv ? titles : nil
    var shape = CSVRowWriter.Shape()
    var writer = CSVRowWriter(times: statement.timeColumns, titles: titles, shape: shape)
    try fill(&writer, statement, &output)
    // Rows that change between two runs may show something else each time: the last is near enough.
    for _ in 1...3 where writer.found != shape {
      shape = writer.found
      try output.truncate(to: beginning)
      writer = CSVRowWriter(times: statement.timeColumns, titles: titles, shape: shape)
      try fill(&writer, statement, &output)
    }
    return written(writer, statement)
  }

  private func written(_ rows: some RowSink, _ statement: SelectStatement) -> WrittenRows {
    WrittenRows(
      names: rows.columns.names,
      labels: rows.columns.names.isEmpty ? [] : statement.labels,
      types: rows.columns.types(in: dataset, times: statement.timeColumns),
      rowCount: rows.rowCount, sqlRowCount: rows.rowCount, rowNames: nil)
  }

  private func fill<Output: AnswerOutput>(
    _ rows: inout some RowSink, _ statement: SelectStatement, _ output: inout Output
  ) throws(ChartQueryError) {
    let labels = statement.labels.map(AnswerLabel.unescaped)
    var failure: ChartQueryError?
    do throws(SQLError) {
      try database?.read(SQLStatement(statement.text)) { (row: any SQLRow) throws(SQLError) in
        rows.write(row, labels: labels)
        guard rows.bytes.count >= Self.bufferSize else { return }
        do throws(ChartQueryError) { try Self.drain(&rows, to: &output) } catch {
          failure = error
          throw .interrupted
        }
      }
    } catch { throw failure ?? .database(error) }
    rows.finish()
    try Self.drain(&rows, to: &output)
  }

  private static func drain(
    _ rows: inout some RowSink, to output: inout some AnswerOutput
  ) throws(ChartQueryError) {
    try output.append(rows.bytes)
    rows.bytes.removeAll(keepingCapacity: true)
  }

  /// The rows as a table, and what they showed of their columns.
  ///
  /// - Parameter times: instead of the statement's own.
  static func table(
    of statement: SelectStatement, _ times: TimeColumns? = nil, from database: any SQLDatabase
  ) throws(ChartQueryError) -> TableReader {
    var reader = TableReader(times: times ?? statement.timeColumns)
    do {
      try database.read(SQLStatement(statement.text)) { (row: any SQLRow) throws(SQLError) in
        reader.write(row, labels: statement.labels)
      }
    } catch { throw .database(error) }
    return reader
  }
}
