// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SupersetMetadata

/// A query context joined with its dataset and its user: from here every step can be looked at.
package struct ChartRequest: Sendable {
  package let context: QueryContext
  /// Checked, in the order of the context.
  package let queries: [QueryObject]
  package let dataset: Dataset
  package let rowFilters: [RowFilter]
  let limits: RowLimits
  private let isFork: Bool
  private let chartTimeout: Int?
  private let templates: TemplateSource
  /// By the names of columns and metrics; where they are not asked for, none.
  let russianTitles: [String: String]
  /// Of the layers that the queries name and that are there.
  let annotations: [Int: [Annotation]]

  /// - Throws: an error where the user may not read the dataset; Superset's own worker does not ask.
  package init(
    _ context: QueryContext, as user: User, rules: ChartRules, from metadata: MetadataStore
  ) throws(ChartQueryError) {
    self.context = context
    limits = rules.limits
    isFork = rules.isFork
    templates = TemplateSource(
      isEnabled: rules.rendersTemplates, user: user, query: context.firstQuery)
    dataset = try Self.asking { () throws(MetadataError) in
      try metadata.dataset(id: context.datasetID)
    }
    try context.refuseWhatIsMissing()
    let queries = try context.queries(temporalColumns: dataset.temporalColumns)
    russianTitles = try Self.asking { [dataset] () throws(MetadataError) in
      try context.isRussian ? metadata.russianTitles(ofDataset: dataset.id) : [:]
    }
    self.queries = try queries.map { query throws(ChartQueryError) in try query.validated() }
    annotations = try Self.asking { () throws(MetadataError) in
      try Self.annotations(of: queries, in: metadata)
    }
    rowFilters = try Self.asking { [dataset] () throws(MetadataError) in
      try metadata.rowFilters(onDataset: dataset.id, for: user)
    }
    chartTimeout = try Self.asking { () throws(MetadataError) in
      try context.chartID.flatMap { id throws(MetadataError) in
        try Self.timeout(ofChart: id, in: metadata)
      }
    }
    try DatasetAccess(dataset, as: user, rules, metadata).check(context, queries)
    let mayExport = try Self.asking { () throws(MetadataError) in
      if context.format == .json { return true }
      return try metadata.may("can_csv", on: "Superset", as: user)
    }
    guard mayExport else { throw .noExport }
  }

  private static func asking<Answer>(
    _ question: () throws(MetadataError) -> Answer
  ) throws(ChartQueryError) -> Answer {
    do { return try question() } catch { throw .metadata(error) }
  }

  private static func annotations(
    of queries: [QueryObject], in metadata: MetadataStore
  ) throws(MetadataError) -> [Int: [Annotation]] {
    let numbers = queries.flatMap(\.annotationLayers).compactMap { try? $0.number() }
    var annotations: [Int: [Annotation]] = [:]
    for number in Set(numbers) {
      annotations[number] = try metadata.annotations(ofLayer: number)
    }
    return annotations
  }

  /// A chart that was deleted since has no timeout of its own; its data can be had all the same.
  private static func timeout(
    ofChart id: Int, in metadata: MetadataStore
  ) throws(MetadataError) -> Int? {
    do { return try metadata.chart(id: id).cacheTimeout } catch .noChart { return nil }
  }

  /// The answer as a file: its ending, and what HTTP calls it. Several tables are packed into one.
  package var file: (ending: String, contentType: String) {
    let isPacked = context.format != .json && queries.count > 1
    return isPacked
      ? ("zip", "application/zip") : (context.format.rawValue, context.format.contentType)
  }

  package var contextKey: String {
    identity.contextKey(
      of: context.members(temporalColumns: dataset.temporalColumns),
      extras: queries.flatMap { templateKeys(of: asked($0)) })
  }

  /// How an answer begins that was made from the dataset as it is now.
  ///
  /// The context's key stays the same when a metric is edited; the query's key, which comes first, does not. Nil where an
  /// answer tells nothing of what it was made from.
  package var answerBeginning: [UInt8]? {
    guard context.format == .json else { return nil }
    guard let query = queries.first else { return AnswerWriter.beginning }
    return AnswerWriter.beginning + #"{"cache_key":"\#(queryKey(query))""#.utf8
  }

  /// `cache_key`, which what templates use is part of.
  ///
  /// They are rendered for it without a database; what a query cannot be asked for has the key of what was used until then.
  func queryKey(_ query: QueryObject) -> String {
    identity.queryKey(of: query, extras: templateKeys(of: query))
  }

  /// Empty, and nothing is rendered, where there are no templates.
  func templateKeys(of query: QueryObject) -> [JSONValue] {
    guard templates.isEnabled else { return [] }
    let builder = try? SelectBuilder(
      query, over: dataset, rowFilters: rowFilters, limits: limits, templates: templates,
      in: .sqlite
    ) { _ in true }
    _ = try? builder?.statement()
    return builder?.templates.cacheKeys ?? []
  }

  var identity: CacheIdentity {
    CacheIdentity(dataset, rowFilters: rowFilters, limits: limits, isFork: isFork)
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
    try SelectBuilder(
      query, over: dataset, rowFilters: rowFilters, limits: limits, templates: templates,
      in: database.dialect
    ) { probe throws(ChartQueryError) in try Self.knows(probe, database) }.statement()
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
}
