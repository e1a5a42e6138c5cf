// SPDX-License-Identifier: MIT

extension SelectBuilder {
  /// Keeps the rows of the strongest series: a join with a query that finds them; empty without a limit.
  ///
  /// - Important: it filters as the query itself does, row-level security included.
  func seriesJoin(
    of query: QueryObject, groups: [SelectItem], metrics: [SelectItem],
    where clauses: [SQLCondition]
  ) throws(ChartQueryError) -> String {
    let series = groups.filter { query.seriesLabels.contains($0.label) }
    guard query.seriesLimit > 0, !series.isEmpty else { return "" }
    let inner = series.map { SelectItem(sql: $0.sql, label: $0.label + "__") }
    let measure = SelectItem(sql: metrics.first?.sql ?? "COUNT(*)", label: "mme_inner__")
    let order = try query.seriesLimitMetric.map { metric throws(ChartQueryError) in
      try item(for: metric).sql
    }
    var text = "SELECT \(list(inner + [measure])) \nFROM \(table)"
    if !clauses.isEmpty { text += " \nWHERE \(Self.joined(clauses))" }
    text += " GROUP BY \(inner.map(\.sql).joined(separator: ", "))"
    text += " ORDER BY \(order ?? measure.label) \(query.isSeriesOrderDescending ? "DESC" : "ASC")"
    text += dialect.limit(query.seriesLimit, offset: 0)
    let pairs = zip(series, inner).map { "\($0.sql) = \(dialect.alias($1.label))" }
    return " JOIN (\(text)) AS series_limit ON \(pairs.joined(separator: " AND "))"
  }
}
