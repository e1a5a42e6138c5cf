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
    let rows = RowsWriter(database: database, dataset: dataset, titles: titles, layout: layout)
    guard context.format == .json else {
      return ChartAnswer(rowCount: try files(database, rows, &output))
    }
    let writer = AnswerWriter(
      dataset: dataset, key: queryKey, annotations: annotations, timeout: timeout,
      freshness: freshness, rows: rows)
    let count = try writer.write(queries, to: &output) { query throws(ChartQueryError) in
      try result(of: query, database, layout)
    }
    return ChartAnswer(rowCount: count)
  }

  /// Writes nothing but the rows, those of several queries one after the other.
  package func writeRows(
    as layout: RowLayout, from database: any SQLDatabase, to output: inout some AnswerOutput
  ) throws(ChartQueryError) {
    let writer = RowsWriter(database: database, dataset: dataset, titles: titles, layout: layout)
    for query in queries {
      guard case .rows(_, let rows) = try result(of: query, database, layout) else { continue }
      _ = try writer.write(rows.plain, to: &output)
      if layout == .array { try output.append([UInt8(ascii: "\n")]) }
    }
  }

  /// One table as it is, several packed into an archive.
  private func files(
    _ database: any SQLDatabase, _ writer: RowsWriter, _ output: inout some AnswerOutput
  ) throws(ChartQueryError) -> Int {
    guard queries.count > 1 else {
      guard let query = queries.first else { throw .emptyResult }
      return try write(query, database, writer, to: &output)
    }
    var archive = ZipArchive()
    var count = 0
    for (index, query) in queries.enumerated() {
      var file = CollectedAnswer()
      count += try write(query, database, writer, to: &file)
      archive.add("query_\(index + 1).\(context.format.rawValue)", file.bytes)
    }
    try output.append(archive.finished())
    return count
  }

  private func write(
    _ query: QueryObject, _ database: any SQLDatabase, _ writer: RowsWriter,
    to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> Int {
    guard case .rows(_, let rows) = try result(of: query, database, writer.layout) else {
      throw .emptyResult
    }
    return try writer.write(rows, to: &output).rowCount
  }

  private func result(
    of query: QueryObject, _ database: any SQLDatabase, _ layout: RowLayout
  ) throws(ChartQueryError) -> QueryResult {
    try refuseWhatIsNotProcessed(query)
    let asked = asked(query)
    switch query.resultType {
    case .full, .results, .postProcessed, .samples, .drillDetail: break
    case .query: return .members(try text(of: query, in: database))
    case .columns: return .members(["data": DatasetListing.columns(of: dataset)])
    case .timegrains:
      return .members(["data": DatasetListing.timeGrains(of: database.dialect)])
    }
    let rows = try rows(of: asked, database, layout)
    _ = try AnnotationData.document(of: asked.annotationLayers, annotations)
    return .rows(asked, rows)
  }

  /// The query that is run for one: where rows of the dataset are wished, another.
  func asked(_ query: QueryObject) -> QueryObject {
    switch query.resultType {
    case .full, .results, .postProcessed, .query, .columns, .timegrains: query
    case .samples: query.sampled(dataset, withinTimeRange: false)
    case .drillDetail: query.sampled(dataset, withinTimeRange: true)
    }
  }

  /// Superset misses the format of what it is to work up in all but whole answers.
  private func refuseWhatIsNotProcessed(_ query: QueryObject) throws(ChartQueryError) {
    switch query.resultType {
    case .full, .postProcessed, .samples, .drillDetail: return
    case .results, .query, .columns, .timegrains:
      guard context.chart == nil else { throw .breaksOff(reason: "'result_format'") }
    }
  }

  /// Nothing is done to a result without rows, but to make an empty workbook of it.
  private func rows(
    of query: QueryObject, _ database: any SQLDatabase, _ layout: RowLayout
  ) throws(ChartQueryError) -> QueryRows {
    let statement = try statement(for: query, in: database)
    let isWorkedUp =
      !query.postProcessing.isEmpty || !query.timeOffsets.isEmpty || context.chart != nil
    if isWorkedUp || layout == .workbook {
      let reader = try RowsWriter.table(of: statement, from: database)
      if reader.rowCount > 0 {
        return try processed(try workedUp(reader, statement, query, database), layout)
      }
      if layout == .workbook {
        if context.chart != nil { throw ProcessedChart.faultOfWorkbooks }
        return QueryRows(
          statement: statement, texts: [statement.text], source: .table(reader.table, rowCount: 0))
      }
      return QueryRows(statement: statement, texts: [statement.text], source: .nothing)
    }
    return QueryRows(statement: statement, texts: [statement.text], source: .database)
  }

  /// As the chart shows them, where that is asked.
  private func processed(
    _ rows: QueryRows, _ layout: RowLayout
  ) throws(ChartQueryError) -> QueryRows {
    guard let chart = context.chart, case .table(let table, let count) = rows.source,
      table.rowCount > 0
    else { return rows }
    let labels = try table.names
    let named = table.called(labels.map(AnswerLabel.unescaped))
    let processed = try chart.table(of: named, for: layout, titles: titles)
    return QueryRows(
      statement: rows.statement, texts: rows.texts,
      source: .processed(processed, labels: labels, rowCount: count))
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
      .merging(russianTitles) { $1 }
  }

  private func text(
    of query: QueryObject, in database: any SQLDatabase
  ) throws(ChartQueryError) -> JSONObject {
    ["language": "sql", "query": .string(try statement(for: query, in: database).text + ";")]
  }
}
