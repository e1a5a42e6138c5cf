// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SupersetMetadata

/// A query context joined with its dataset and its user: from here every step can be looked at.
package struct ChartRequest {
  package let context: QueryContext
  package let dataset: Dataset
  package let rowFilters: [RowFilter]
  private let limits: RowLimits
  private let chartTimeout: Int?

  /// - Throws: an error where the user may not read the dataset; Superset's own worker does not ask.
  package init(
    _ context: QueryContext, as user: User, limits: RowLimits, from metadata: MetadataStore
  ) throws(ChartQueryError) {
    self.context = context
    self.limits = limits
    dataset = try Self.asking { () throws(MetadataError) in
      try metadata.dataset(id: context.datasetID)
    }
    rowFilters = try Self.asking { [dataset] () throws(MetadataError) in
      try metadata.rowFilters(onDataset: dataset.id, for: user)
    }
    chartTimeout = try Self.asking { () throws(MetadataError) in
      try context.chartID.flatMap { id throws(MetadataError) in
        try Self.timeout(ofChart: id, in: metadata)
      }
    }
    let isAllowed = try Self.asking { [dataset] () throws(MetadataError) in
      try metadata.canRead(dataset, as: user)
    }
    guard isAllowed else { throw .noAccess(dataset: dataset.id) }
    try context.refuseWhatIsMissing()
  }

  private static func asking<Answer>(
    _ question: () throws(MetadataError) -> Answer
  ) throws(ChartQueryError) -> Answer {
    do { return try question() } catch { throw .metadata(error) }
  }

  /// A chart that was deleted since has no timeout of its own; its data can be had all the same.
  private static func timeout(
    ofChart id: Int, in metadata: MetadataStore
  ) throws(MetadataError) -> Int? {
    do { return try metadata.chart(id: id).cacheTimeout } catch .noChart { return nil }
  }

  package var contextKey: String { identity.contextKey(of: context) }

  /// How an answer begins that was made from the dataset as it is now.
  ///
  /// The context's key stays the same when a metric is edited; the query's key, which comes first, does not. Nil where an
  /// answer tells nothing of what it was made from.
  package var answerBeginning: [UInt8]? {
    guard context.format == .json else { return nil }
    guard let query = context.queries.first else { return AnswerWriter.beginning }
    return AnswerWriter.beginning + #"{"cache_key":"\#(identity.queryKey(of: query))""#.utf8
  }

  private var identity: CacheIdentity {
    CacheIdentity(dataset, rowFilters: rowFilters, limits: limits)
  }

  /// Seconds: the context's, the chart's, the dataset's, the database's, else the standard; -1 is never read.
  package func timeout(standard: Int) -> Int {
    let candidates = [
      context.customCacheTimeout, chartTimeout, dataset.cacheTimeout, dataset.database.cacheTimeout,
    ]
    return candidates.compactMap { $0 }.first { $0 != 0 } ?? standard
  }

  package func statement(
    for query: QueryObject, in database: any SQLDatabase
  ) throws(ChartQueryError) -> SelectStatement {
    let table = database.dialect.text.table(dataset)
    let builder = SelectBuilder(
      dataset, rowFilters: rowFilters, limits: limits, in: database.dialect
    ) { expression throws(ChartQueryError) in
      try Self.knows("SELECT \(expression) FROM \(table) LIMIT 1", database)
    }
    return try builder.statement(for: query)
  }

  private static func knows(
    _ probe: String, _ database: any SQLDatabase
  ) throws(ChartQueryError) -> Bool {
    do {
      _ = try database.rows(SQLStatement(probe)) { _ in true }
      return true
    } catch .statement {
      return false
    } catch {
      throw .database(error)
    }
  }

  /// - Parameter format: instead of the context's own.
  package func answer(
    from database: any SQLDatabase, timeout: Int, _ freshness: ChartAnswer.Freshness,
    as format: ResultFormat? = nil
  ) throws(ChartQueryError) -> ChartAnswer {
    let format = format ?? context.format
    var results: [QueryResult] = []
    for query in context.queries { results.append(try result(of: query, from: database, format)) }
    let writer = AnswerWriter(
      dataset: dataset, identity: identity, timeout: timeout, freshness: freshness)
    let data = results.compactMap { if case .data(_, let data) = $0 { data } else { nil } }
    guard format == .json else {
      guard let table = data.first else { throw .unsupported("an answer without rows as CSV") }
      return ChartAnswer(data: data, document: table.rows)
    }
    return ChartAnswer(data: data, document: writer.document(results))
  }

  private func result(
    of query: QueryObject, from database: any SQLDatabase, _ format: ResultFormat
  ) throws(ChartQueryError) -> QueryResult {
    switch query.resultType {
    case .full, .results, .postProcessed: try data(of: query, from: database, format)
    case .samples:
      try data(of: query.sampled(dataset, withinTimeRange: false), from: database, format)
    case .drillDetail:
      try data(of: query.sampled(dataset, withinTimeRange: true), from: database, format)
    case .query: .members(try text(of: query, in: database))
    case .columns: .members(["data": DatasetListing.columns(of: dataset)])
    case .timegrains: .members(["data": DatasetListing.timeGrains(of: database.dialect)])
    }
  }

  private func data(
    of query: QueryObject, from database: any SQLDatabase, _ format: ResultFormat
  ) throws(ChartQueryError) -> QueryResult {
    let statement = try statement(for: query, in: database)
    guard query.postProcessing.isEmpty else {
      guard format == .json else { throw .unsupported("post_processing as '\(format.rawValue)'") }
      let data = try ChartData.reading(
        statement, workedUpBy: query.postProcessing,
        isTemporal: { dataset.column(named: $0)?.isTemporal == true }, from: database)
      return .data(query, data)
    }
    let data =
      format == .json
      ? try ChartData.reading(statement, from: database)
      : try ChartData.readingCSV(statement, titles: titles, from: database)
    return .data(query, data)
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
