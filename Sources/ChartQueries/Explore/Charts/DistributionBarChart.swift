// SPDX-License-Identifier: MIT
import JSONValues

/// Bars for the values of a column, in parts for those of another.
struct DistributionBarChart: LegacyChart {
  static let name = "dist_bar"
  private static let nullName = "<NULL>"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    guard form.saysAnything("metrics"), let first = query.metrics.first else {
      throw .chart(reason: "Pick at least one metric")
    }
    guard form.saysAnything("groupby") else {
      throw .chart(reason: "Pick at least one field for [Series]")
    }
    let isDescending = form.members["order_desc"]?.saysAnything ?? true
    query.order(by: try query.addOrderMetric(of: form) ?? first, ascending: !isDescending)
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let form = result.form
    let metrics = try form.metricLabels
    let (groups, columns) = (try form.labels("groupby"), try form.labels("columns"))
    guard Set(groups + columns).count == groups.count + columns.count else {
      throw .breaksOff(reason: "Columns must be same length as key")
    }
    let table = Self.filled(result.table, groups + columns)
    var pivoted = try table.pivoted(metrics, index: groups, columns: columns)
    if form.saysAnything("contribution") { pivoted = pivoted.sharesOfRows() }
    let order = try Self.order(of: table, by: groups, form, metrics)
    let places = Dictionary(uniqueKeysWithValues: pivoted.index.rows.enumerated().map { ($1, $0) })
    let sorted = metrics.flatMap { metric in pivoted.positions(of: metric) }
      .map { pivoted.columns[$0] }
    let data = sorted.filter(\.isNumeric).map { column -> JSONValue in
      let values = order.map { key -> JSONValue in
        let value = places[key].map { column.cells[$0].json } ?? .null
        return ["x": .string(key.map(\.text).joined(separator: ", ")), "y": value]
      }
      return [
        "key": .string(Self.title(of: column.label, metrics)), "values": .array(values),
      ]
    }
    return LegacyData(.array(data))
  }

  private static func title(of label: DataTable.Label, _ metrics: [String]) -> String {
    let parts = label.count > 1 && metrics.count == 1 ? label.dropFirst() : label[...]
    return parts.map(\.text).joined(separator: ", ")
  }

  /// pandas drops nulls when it groups, so they get a name.
  private static func filled(_ table: DataTable, _ names: [String]) -> DataTable {
    var table = table
    for position in names.flatMap(table.positions) {
      table.columns[position].cells = table.columns[position].cells.map {
        $0.isNull ? .text(nullName) : $0
      }
    }
    return table
  }

  /// The groups by the sum of what the chart is ordered by.
  private static func order(
    of table: DataTable, by groups: [String], _ form: ExploreForm, _ metrics: [String]
  ) throws(ChartQueryError) -> [[Cell]] {
    let metric = form["timeseries_limit_metric"].flatMap { $0.saysAnything ? $0 : nil }
    let label = try metric.map { metric throws(ChartQueryError) in
      try ExploreForm.label(ofMetric: metric)
    }
    let sums = table.grouped(by: groups, .sum)
    let numbers = try sums.legacyCells(label ?? metrics[0]).map { $0.number ?? 0 }
    let order = PandasOrder.order(of: numbers, ascending: !form.saysAnything("order_desc"))
    let keys = groups.compactMap { sums.cells(of: $0) }
    return order.map { row in keys.map { $0[row] } }
  }
}
