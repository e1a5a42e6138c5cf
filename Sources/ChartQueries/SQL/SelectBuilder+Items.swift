// SPDX-License-Identifier: MIT
import SupersetMetadata

extension SelectBuilder {
  func item(for column: ChartColumn, in query: QueryObject) throws(ChartQueryError) -> SelectItem {
    switch column {
    case .named(let name):
      guard let known = dataset.column(named: name) else {
        try SQLFragment.refuseSubquery(name, in: dialect.name)
        return SelectItem(sql: "(\(name))", label: name)
      }
      let isTime = name == timeColumn(of: query)?.name
      let sql = try isTime ? time(known, cutBy: query.timeGrain) : expression(of: known)
      return SelectItem(sql: sql, label: name)
    case .custom(let column):
      return SelectItem(sql: try expression(of: column), label: column.label)
    }
  }

  /// A column of rows that are not grouped: no step of time is made of it.
  func rawItem(for column: ChartColumn) throws(ChartQueryError) -> SelectItem {
    let source = if case .custom(let custom) = column { custom.sql } else { column.label }
    let known = dataset.column(named: source)
    let sql = try known.map { known throws(ChartQueryError) in try expression(of: known) }
    guard let sql else { return SelectItem(sql: try custom(source), label: column.label) }
    return SelectItem(sql: sql, label: column.label)
  }

  func item(for metric: ChartMetric) throws(ChartQueryError) -> SelectItem {
    SelectItem(sql: try expression(of: metric), label: metric.label)
  }

  /// The column that the time range holds for: the granularity, or the main one in its place.
  func timeColumn(of query: QueryObject) -> DatasetColumn? {
    guard let name = query.granularity else { return nil }
    if let column = dataset.column(named: name), column.isTemporal { return column }
    return dataset.mainTemporalColumn.flatMap { dataset.column(named: $0) }
  }

  func timestamp(of query: QueryObject) throws(ChartQueryError) -> SelectItem? {
    guard query.isTimeseries else { return nil }
    guard let column = timeColumn(of: query) else { throw .noTimeColumn }
    return SelectItem(
      sql: try time(column, cutBy: query.timeGrain), label: QueryObject.timestampLabel)
  }

  func expression(of column: DatasetColumn) throws(ChartQueryError) -> String {
    guard let sql = column.expression else { return dialect.identifier(column.name) }
    return try templates.rendered(sql, in: .expression)
  }

  func expression(of column: CustomColumn) throws(ChartQueryError) -> String {
    guard let known = dataset.column(named: column.sql) else {
      return try custom(column.sql)
    }
    guard known.isTemporal, let grain = column.axisGrain else { return try expression(of: known) }
    return try time(known, cutBy: grain)
  }

  func time(_ column: DatasetColumn, cutBy grain: String?) throws(ChartQueryError) -> String {
    let moment = dialect.epoch(try expression(of: column), column.pythonDateFormat)
    guard let grain else { return moment }
    guard let cut = dialect.grain(grain, of: moment) else { throw .noGrain(grain, dialect.name) }
    return cut
  }

  /// SQL of the chart's own.
  private func custom(_ sql: String) throws(ChartQueryError) -> String {
    try SQLFragment.checkedExpression(
      try templates.rendered(sql, in: .expression), in: dialect.name)
  }

  private func expression(of metric: ChartMetric) throws(ChartQueryError) -> String {
    switch metric {
    case .saved(let name):
      guard let saved = dataset.metric(named: name) else { throw .metricMissing(name) }
      return try templates.rendered(saved.expression, in: .expression)
    case .custom(let sql, _): return try custom(sql)
    case .simple(let name, let aggregate, _):
      let column = try dataset.column(named: name).map { column throws(ChartQueryError) in
        try expression(of: column)
      }
      let argument = column ?? dialect.identifier(name)
      switch aggregate {
      case "COUNT_DISTINCT": return "count(DISTINCT \(argument))"
      case "COUNT", "SUM", "MIN", "MAX": return "\(aggregate.lowercased())(\(argument))"
      // SQLAlchemy knows the others as its own functions, and this one not.
      case "AVG": return "AVG(\(argument))"
      default: throw .unknownAggregate(aggregate)
      }
    }
  }

  /// What to order by: the label of a metric that is selected, else an expression.
  func term(
    _ term: QueryObject.OrderTerm, _ metrics: [SelectItem]
  ) throws(ChartQueryError) -> String {
    switch term {
    case .name(let name):
      if let column = dataset.column(named: name) { return try expression(of: column) }
      if metrics.contains(where: { $0.label == name }) { return dialect.alias(name) }
      guard let metric = dataset.metric(named: name) else { throw .unknownOrder(name) }
      return try templates.rendered(metric.expression, in: .expression)
    case .metric(let metric):
      let sql = try expression(of: metric)
      // The last one of several that are the same, as in a dictionary.
      return metrics.last { $0.sql == sql }.map { dialect.alias($0.label) } ?? sql
    case .unknown(let printed): throw .unknownOrder(printed)
    }
  }

  /// Whether ordering by a term means that rows have to be grouped.
  func isMetric(_ term: QueryObject.OrderTerm) -> Bool {
    switch term {
    case .name(let name): dataset.column(named: name) == nil
    case .metric: true
    case .unknown: false
    }
  }
}
