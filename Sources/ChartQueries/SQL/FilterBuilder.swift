// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// One part of a WHERE clause.
struct SQLCondition: Hashable, Sendable {
  let sql: String
  /// An OR at its top.
  var isAlternative = false
}

/// The WHERE clause of a query: time range, filters, row-level security, the chart's own SQL.
struct FilterBuilder {
  struct Outcome {
    /// The dataset's own predicate, where the query asks for it.
    var predicate: [SQLCondition] = []
    /// The time range on the granularity.
    var time: [SQLCondition] = []
    /// The same for the choice of series, which may have a range of its own.
    var seriesTime: [SQLCondition] = []
    var clauses: [SQLCondition] = []
    /// Labels of the columns whose filters took effect; custom columns come last, as in Superset.
    var applied: [String] = []
    /// Filters on columns that this dataset does not have are left out and reported.
    var rejected: [String] = []
  }

  private let select: SelectBuilder
  private let query: QueryObject

  init(_ select: SelectBuilder, _ query: QueryObject) {
    self.select = select
    self.query = query
  }

  func conditions() throws(ChartQueryError) -> Outcome {
    var outcome = Outcome()
    let targets = try timeTargets()
    for target in targets { outcome.time += try target.within(query.timeRange) }
    outcome.seriesTime = try targets.last?.within(query.seriesTimeRange ?? query.timeRange) ?? []
    var custom = Outcome()
    for filter in query.filters {
      switch filter.column {
      case .named: try add(filter, to: &outcome)
      case .custom: try add(filter, to: &custom)
      }
      outcome.clauses += custom.clauses
      custom.clauses = []
    }
    outcome.applied += custom.applied
    outcome.rejected += custom.rejected
    outcome.clauses += try rowFilterConditions()
    if let clause = try select.clause(query.whereClause, .clauseWhere) {
      outcome.clauses.append(SQLCondition(sql: clause))
    }
    if query.appliesFetchValuesPredicate, let predicate = select.dataset.fetchValuesPredicate {
      let rendered = try select.templates.rendered(predicate, in: .predicate)
      let dialect = select.dialect.name
      let sql = try SQLFragment.checkedClause(rendered, in: dialect) ?? rendered
      let isLoose = SQLFragment(sql, in: dialect).isLoose
      outcome.predicate = [SQLCondition(sql: sql, isAlternative: isLoose)]
    }
    return outcome
  }

  private func add(_ filter: QueryFilter, to outcome: inout Outcome) throws(ChartQueryError) {
    let label = filter.column.label
    guard let target = try target(of: filter) else {
      let isTaken = select.templates.appliedFilters.contains(label)
      if isTaken { outcome.applied.append(label) } else { outcome.rejected.append(label) }
      return
    }
    if select.templates.removedFilters.contains(label) {
      // A template applies it; it is told as applied all the same.
      outcome.applied.append(label)
      return
    }
    outcome.applied.append(filter.column.label)
    outcome.clauses += try FilterCondition(filter, target, query.times).conditions()
  }

  /// What a filter compares; nil where neither the dataset nor its database knows it.
  private func target(of filter: QueryFilter) throws(ChartQueryError) -> FilterTarget? {
    switch filter.column {
    case .named(QueryObject.timestampLabel) where query.isTimeseries:
      return try select.timeColumn(of: query).map { column throws(ChartQueryError) in
        FilterTarget(
          sql: try select.expression(of: column), column: column, dialect: select.dialect,
          includesEnd: query.includesRangeEnd)
      }
    case .named(let name):
      guard let column = select.dataset.column(named: name) else { return nil }
      let grain = filter.grain
      let sql = try grain == nil ? select.expression(of: column) : select.time(column, cutBy: grain)
      return FilterTarget(
        sql: sql, column: column, dialect: select.dialect,
        includesEnd: query.includesRangeEnd)
    case .custom(let column):
      let sql = try select.expression(of: column)
      if select.dataset.column(named: column.sql) == nil {
        guard try select.isKnown(sql: sql) else { return nil }
      }
      return FilterTarget(
        sql: sql, column: nil, dialect: select.dialect,
        includesEnd: query.includesRangeEnd)
    }
  }

  /// What the time range holds for: the granularity, and the main column of times before it where the dataset wants that.
  private func timeTargets() throws(ChartQueryError) -> [FilterTarget] {
    guard query.granularity != nil else { return [] }
    guard let column = select.timeColumn(of: query) else {
      guard let main = select.dataset.mainTemporalColumn else { return [] }
      throw .timeColumnMissing(main)
    }
    var columns = [column]
    if select.dataset.alwaysFiltersMainTemporalColumn,
      let main = select.dataset.mainTemporalColumn.flatMap({ select.dataset.column(named: $0) }),
      main.isTemporal, main != column
    {
      columns.insert(main, at: 0)
    }
    return try columns.map { column throws(ChartQueryError) in
      FilterTarget(
        sql: try select.expression(of: column), column: column, dialect: select.dialect,
        includesEnd: query.includesRangeEnd)
    }
  }

  /// Clauses without a group first, a guest's own behind the others, then the groups, each an OR of its clauses.
  ///
  /// - Throws: an error for one that would not stay in its parentheses: a comment at its end does not.
  private func rowFilterConditions() throws(ChartQueryError) -> [SQLCondition] {
    let filters = try select.rowFilters.map { filter throws(ChartQueryError) in
      let rendered = try select.templates.rendered(filter.clause, in: .rowFilter)
      return RowFilter(
        clause: try SQLFragment.checkedClause(rendered, in: select.dialect.name) ?? "",
        groupKey: filter.groupKey, isGuests: filter.isGuests)
    }
    let lone = filters.filter { $0.groupKey == nil }
    let single = (lone.filter { !$0.isGuests } + lone.filter(\.isGuests)).map {
      SQLCondition(sql: "(\($0.clause))")
    }
    var groups: [(key: String, clauses: [String])] = []
    for filter in filters {
      guard let key = filter.groupKey else { continue }
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].clauses.append("(\(filter.clause))")
      } else {
        groups.append((key, ["(\(filter.clause))"]))
      }
    }
    return single
      + groups.map {
        SQLCondition(
          sql: $0.clauses.joined(separator: " OR "), isAlternative: $0.clauses.count > 1)
      }
  }
}
