// SPDX-License-Identifier: MIT
import SQLDatabases
import SupersetMetadata

/// Turns a query over a dataset into SQL, in the order and spelling that Superset 4.1 uses.
struct SelectBuilder {
  let dataset: Dataset
  let rowFilters: [RowFilter]
  let limits: RowLimits
  /// How the dataset's database spells what is meant.
  let dialect: any SQLText
  /// Renders the templates of one query.
  let templates: TemplateRenderer
  /// Whether the database understands a statement; asked for custom filter columns.
  private let isKnown: (String) throws(ChartQueryError) -> Bool

  private let query: QueryObject
  /// The dataset as it stands behind FROM.
  let table: String

  init(
    _ query: QueryObject, over dataset: Dataset, rowFilters: [RowFilter], limits: RowLimits,
    templates source: TemplateSource, in dialect: SQLDialect,
    isKnown: @escaping (String) throws(ChartQueryError) -> Bool
  ) throws(ChartQueryError) {
    self.query = query
    self.dataset = dataset
    self.rowFilters = rowFilters
    self.limits = limits
    self.dialect = dialect.text
    self.isKnown = isKnown
    templates = TemplateRenderer(source, dataset, query, limits: limits, dialect.text)
    table = try Self.table(dataset, templates, in: dialect)
  }

  func statement() throws(ChartQueryError) -> SelectStatement {
    try refuseWhatTheDatasetLacks(query)
    let metrics = try (query.metrics ?? []).map { metric throws(ChartQueryError) in
      try item(for: metric)
    }
    let order = try query.order.map { order throws(ChartQueryError) in
      try term(order.by, metrics) + (order.isAscending ? " ASC" : " DESC")
    }
    let isGrouped = query.metrics != nil || query.order.contains { isMetric($0.by) }
    let groups = try query.columns.filter { $0 != .named(QueryObject.timestampLabel) }
      .map { column throws(ChartQueryError) in
        try isGrouped ? item(for: column, in: query) : rawItem(for: column)
      }
    let timestamp = try timestamp(of: query)
    let conditions = try FilterBuilder(self, query).conditions()
    let selected = Self.unique([timestamp].compactMap { $0 } + groups + metrics)
    var text = "SELECT \(list(selected)) \nFROM \(table)"
    if isGrouped {
      text += try seriesJoin(
        of: query, groups: groups, metrics: metrics,
        where: conditions.clauses + conditions.seriesTime)
    }
    let clauses = conditions.predicate + conditions.time + conditions.clauses
    if !clauses.isEmpty { text += " \nWHERE \(Self.joined(clauses))" }
    // The time comes last here, although it is selected first.
    let grouped = Self.unique((isGrouped ? groups : []) + [timestamp].compactMap { $0 })
    if !grouped.isEmpty { text += " GROUP BY \(grouped.map(\.sql).joined(separator: ", "))" }
    if let having = try clause(query.havingClause, .clauseHaving) {
      text += " \nHAVING \(having)"
    }
    if !order.isEmpty { text += " ORDER BY \(order.joined(separator: ", "))" }
    if let limit = limit(of: query) { text += dialect.limit(limit, offset: query.rowOffset) }
    if query.isRowCount {
      text = "SELECT COUNT(*) AS rowcount \nFROM (\(text)) AS rowcount_qry"
    }
    try SQLFragment.refuseFunctions(text, in: dialect.name)
    return SelectStatement(
      text: text, labels: query.isRowCount ? ["rowcount"] : selected.map(\.label),
      timeColumns: try query.isRowCount ? TimeColumns(adding: 0) : timeColumns(of: query),
      appliedFilters: conditions.applied, rejectedFilters: conditions.rejected,
      templateFilters: templates.appliedFilters)
  }

  /// Whether the database understands an expression. It computes none: that would look at rows which no filter keeps away.
  func isKnown(sql: String) throws(ChartQueryError) -> Bool {
    let probe = "SELECT (\(sql)) FROM \(table) LIMIT 0"
    try SQLFragment.refuseFunctions(probe, in: dialect.name)
    return try isKnown(probe)
  }

  private func limit(of query: QueryObject) -> Int? {
    guard query.isLegacy else { return limits.limit(of: query) }
    // What is below 0 would be no limit to SQLite.
    return query.rowLimit == 0 ? nil : query.rowLimit.map { $0 < 0 ? limits.maximum : $0 }
  }

  /// In parentheses; checked again once it is rendered, and by the rules of its database.
  func clause(
    _ sql: String?, _ place: TemplatePlace
  ) throws(ChartQueryError) -> String? {
    guard let sql else { return nil }
    // The parentheses are rendered with it: messages about templates that are not closed name them.
    let rendered = try templates.rendered("(\(sql))", in: place)
    try SQLFragment.refuseSubquery(rendered, in: dialect.name)
    return try SQLFragment.checkedClause(rendered, in: dialect.name)
  }

  /// A table's name, or the query of a virtual dataset in parentheses.
  private static func table(
    _ dataset: Dataset, _ templates: TemplateRenderer, in dialect: SQLDialect
  ) throws(ChartQueryError) -> String {
    guard let sql = dataset.sql else { return dialect.text.table(dataset) }
    let blanks: Set<Character> = ["\t", "\r", "\n", "\r\n", ";", " "]
    let trimmed = sql.trimmed(where: blanks.contains)
    let rendered = try templates.rendered(trimmed, in: .dataset)
    let fragment = SQLFragment(rendered, in: dialect)
    guard !rendered.isEmpty else { throw .virtualDataset("cannot be empty") }
    guard !fragment.hasSeparator else {
      throw .virtualDataset("cannot consist of multiple statements")
    }
    guard fragment.firstWord.map(["select", "with"].contains) ?? false else {
      throw .virtualDataset("must be read-only")
    }
    return "(\(rendered)\n) AS virtual_table"
  }

  func list(_ items: [SelectItem]) -> String {
    items.map { $0.text(in: dialect) }.joined(separator: ", ")
  }

  /// Conditions that hold together; an OR among several needs its parentheses.
  static func joined(_ clauses: [SQLCondition]) -> String {
    clauses.map { clauses.count > 1 && $0.isAlternative ? "(\($0.sql))" : $0.sql }
      .joined(separator: " AND ")
  }

  private static func unique(_ items: [SelectItem]) -> [SelectItem] {
    var seen: Set<String> = []
    return items.filter { seen.insert($0.label).inserted }
  }

  private func refuseWhatTheDatasetLacks(_ query: QueryObject) throws(ChartQueryError) {
    let names =
      query.columns.compactMap { if case .named(let name) = $0 { name } else { nil } }
      + (query.metrics ?? []).compactMap {
        if case .simple(let column, _, _) = $0 { column } else { nil }
      }
    let missing = names.filter {
      dataset.column(named: $0) == nil && $0 != QueryObject.timestampLabel
    }
    // Text that nobody runs may name what is not there.
    guard missing.isEmpty || query.resultType == .query else { throw .columnsMissing(missing) }
    let hasGranularity = query.granularity != nil
    if query.isTimeseries && !hasGranularity { throw .noTimeColumn }
    guard !query.columns.isEmpty || !(query.metrics ?? []).isEmpty else { throw .emptyQuery }
  }

  /// Results' columns that Superset turns into times: the x-axis, the granularity, the timestamp.
  private func timeColumns(of query: QueryObject) throws(ChartQueryError) -> TimeColumns {
    var times = TimeColumns(adding: dataset.hourOffset, query.times.resultShift)
    var names = query.columns.compactMap {
      if case .custom(let column) = $0, column.isAxis { column.label } else { nil as String? }
    }
    if let granularity = timeColumn(of: query)?.name { names.append(granularity) }
    for name in names {
      guard let column = dataset.column(named: name), column.isTemporal else { continue }
      try times.add(name, format: column.pythonDateFormat)
    }
    if query.isTimeseries { try times.add(QueryObject.timestampLabel, format: nil) }
    return times
  }
}

/// How many rows a query gets, from the configuration.
package struct RowLimits: Hashable, Sendable {
  /// ROW_LIMIT
  let standard: Int
  /// SAMPLES_ROW_LIMIT
  let samples: Int
  /// SQL_MAX_ROW
  let maximum: Int

  package init(standard: Int, samples: Int, maximum: Int) {
    self.standard = standard
    self.samples = samples
    self.maximum = maximum
  }

  /// 0 asks for the default, not for everything.
  func limit(of query: QueryObject) -> Int {
    let asked = query.rowLimit ?? 0
    let usual = query.resultType == .samples ? samples : standard
    return min(asked == 0 ? usual : asked, maximum)
  }
}
