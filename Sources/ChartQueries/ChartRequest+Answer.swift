// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import Spreadsheets
import SupersetMetadata

extension ChartRequest {
  /// Writes what Superset's web server would send.
  package func answer(
    from database: any SQLDatabase, timeout: Int, _ freshness: AnswerFreshness,
    to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> ChartAnswer {
    let layout = RowLayout(context.format)
    let results = try results(from: database, layout)
    let rows = RowsWriter(database: database, dataset: dataset, titles: titles, layout: layout)
    guard context.format == .json else {
      return ChartAnswer(rowCount: try files(results, rows, &output))
    }
    let writer = AnswerWriter(
      dataset: dataset, key: queryKey, timeout: timeout, freshness: freshness, rows: rows)
    return ChartAnswer(rowCount: try writer.write(results, to: &output))
  }

  /// Writes nothing but the rows, those of several queries one after the other.
  package func writeRows(
    as layout: RowLayout, from database: any SQLDatabase, to output: inout some AnswerOutput
  ) throws(ChartQueryError) {
    let writer = RowsWriter(database: database, dataset: dataset, titles: titles, layout: layout)
    for case .rows(_, let rows) in try results(from: database, layout) {
      _ = try writer.write(rows, to: &output)
      if layout == .array { try output.append([UInt8(ascii: "\n")]) }
    }
  }

  /// One table as it is, several packed into an archive.
  private func files(
    _ results: [QueryResult], _ writer: RowsWriter, _ output: inout some AnswerOutput
  ) throws(ChartQueryError) -> Int {
    let tables = results.compactMap { if case .rows(_, let rows) = $0 { rows } else { nil } }
    guard tables.count == results.count, let first = tables.first else { throw .emptyResult }
    guard tables.count > 1 else { return try writer.write(first, to: &output).rowCount }
    var archive = ZipArchive()
    var count = 0
    for (index, table) in tables.enumerated() {
      var file = CollectedAnswer()
      count += try writer.write(table, to: &file).rowCount
      archive.add("query_\(index + 1).\(context.format.rawValue)", file.bytes)
    }
    try output.append(archive.finished())
    return count
  }

  private func results(
    from database: any SQLDatabase, _ layout: RowLayout
  ) throws(ChartQueryError) -> [QueryResult] {
    var results: [QueryResult] = []
    for query in context.queries { results.append(try result(of: query, database, layout)) }
    return results
  }

  private func result(
    of query: QueryObject, _ database: any SQLDatabase, _ layout: RowLayout
  ) throws(ChartQueryError) -> QueryResult {
    var asked = query
    switch query.resultType {
    case .full, .results, .postProcessed: break
    case .samples: asked = query.sampled(dataset, withinTimeRange: false)
    case .drillDetail: asked = query.sampled(dataset, withinTimeRange: true)
    case .query: return .members(try text(of: query, in: database))
    case .columns: return .members(["data": DatasetListing.columns(of: dataset)])
    case .timegrains:
      return .members(["data": DatasetListing.timeGrains(of: database.dialect)])
    }
    return .rows(asked, try rows(of: asked, database, layout))
  }

  /// Nothing is done to a result without rows, but to make an empty workbook of it.
  private func rows(
    of query: QueryObject, _ database: any SQLDatabase, _ layout: RowLayout
  ) throws(ChartQueryError) -> QueryRows {
    let statement = try statement(for: query, in: database)
    let isWorkedUp = !query.postProcessing.isEmpty || !query.timeOffsets.isEmpty
    if isWorkedUp || layout == .workbook {
      let reader = try RowsWriter.table(of: statement, from: database)
      if reader.rowCount > 0 { return try workedUp(reader, statement, query, database) }
      if layout == .workbook {
        return QueryRows(
          statement: statement, texts: [statement.text], source: .table(reader.table, rowCount: 0))
      }
      return QueryRows(statement: statement, texts: [statement.text], source: .nothing)
    }
    return QueryRows(statement: statement, texts: [statement.text], source: .database)
  }

  private func workedUp(
    _ reader: TableReader, _ statement: SelectStatement, _ query: QueryObject,
    _ database: any SQLDatabase
  ) throws(ChartQueryError) -> QueryRows {
    var table = reader.table
    var texts = [statement.text]
    if !query.timeOffsets.isEmpty {
      let comparison = try TimeComparison(query, limits: limits)
      table = try comparison.joined(to: table) { query throws(ChartQueryError) in
        let statement = try self.statement(for: query, in: database)
        texts.append(statement.text)
        return try RowsWriter.table(of: statement, from: database).table
      }
    }
    table = try PostProcessing.apply(query.postProcessing, to: table)
    return QueryRows(
      statement: statement, texts: texts, source: .table(table, rowCount: reader.rowCount))
  }

  /// What people see instead of the names of columns and metrics, where the dataset says so.
  private var titles: [String: String] {
    let named =
      dataset.metrics.map { ($0.name, $0.verboseName) }
      + dataset.columns.map { ($0.name, $0.verboseName) }
    let titled = named.compactMap { name, title in
      title.flatMap { $0.isEmpty ? nil : (name, $0) }
    }
    return Dictionary(titled + [(QueryObject.timestampLabel, "Time")]) { $1 }
  }

  /// What is wrong with the query is an answer here.
  private func text(
    of query: QueryObject, in database: any SQLDatabase
  ) throws(ChartQueryError) -> JSONObject {
    do {
      return [
        "language": "sql", "query": .string(try statement(for: query, in: database).text + ";"),
      ]
    } catch {
      guard let sentence = error.sentence else { throw error }
      return ["language": "sql", "error": .string(sentence)]
    }
  }
}
