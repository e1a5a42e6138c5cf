// SPDX-License-Identifier: MIT
import SupersetMetadata

extension SelectBuilder {
  func item(for column: ChartColumn, in query: QueryObject) throws(ChartQueryError) -> SelectItem {
    switch column {
    case .named(let name):
      guard let known = dataset.column(named: name) else {
        return SelectItem(sql: "(\(name))", label: name)
      }
      let isTime = query.metrics != nil && name == timeColumn(of: query)?.name
      let sql = try isTime ? time(known, cutBy: query.timeGrain) : expression(of: known)
      return SelectItem(sql: sql, label: name)
    case .custom(let column):
      return SelectItem(sql: try expression(of: column), label: column.label)
    }
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
      if let label = label(name, among: metrics) { return label }
      if let column = dataset.column(named: name) { return try expression(of: column) }
      if let metric = dataset.metric(named: name) {
        return try templates.rendered(metric.expression, in: .expression)
      }
      throw .unknownOrder(name)
    case .metric(let metric):
      if let label = label(metric.label, among: metrics) { return label }
      return try expression(of: metric)
    case .column(.named(let name)): throw .unknownOrder(name)
    case .column(.custom(let column)):
      if let label = label(column.label, among: metrics) { return label }
      return try expression(of: column)
    }
  }

  private func label(_ name: String, among metrics: [SelectItem]) -> String? {
    metrics.contains { $0.label == name } ? dialect.alias(name) : nil
  }
}
