// SPDX-License-Identifier: MIT
import JSONValues

/// Bubbles with a place and a size, in the colours of their groups.
struct BubbleChart: LegacyChart {
  static let name = "bubble"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    var groups = [form.value("entity")]
    if let series = form["series"], series.saysAnything { groups.append(series) }
    for group in groups { _ = try ExploreForm.label(ofColumn: group) }
    query.members["groupby"] = .array(groups)
    let metrics = [
      try form.required("x"), try form.required("y"), try form.required("size"),
    ]
    query.members["row_limit"] = form.value("limit")
    query.members["metrics"] = [metrics[2], metrics[0], metrics[1]]
    guard Set(try form.metricLabels).count >= 3 else {
      throw .chart(reason: "Please use 3 different metric labels")
    }
    guard (metrics + groups.prefix(1)).allSatisfy(\.saysAnything) else {
      throw .chart(reason: "Pick a metric for x, y and size")
    }
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let form = result.form
    var table = result.table
    for name in ["x", "y", "size"] {
      let label = try ExploreForm.label(ofMetric: try form.required(name))
      table.columns.append(
        .init(label: [.text(name)], cells: try result.table.legacyCells(label)))
    }
    let shapes = Array(repeating: Cell.text("circle"), count: table.rowCount)
    table.columns.append(.init(label: [.text("shape")], cells: shapes))
    let series = form.saysAnything("series") ? form["series"] : form["entity"]
    let groups = try result.table.legacyCells(try ExploreForm.label(ofColumn: series ?? nil))
    table.columns.append(.init(label: [.text("group")], cells: groups))
    let records = table.legacyRecords.arrayValue ?? []
    var order: [Cell] = []
    var rows: [Cell: [JSONValue]] = [:]
    for (group, record) in zip(groups, records) {
      if rows[group] == nil { order.append(group) }
      rows[group, default: []].append(record)
    }
    let data = order.map { ["key": $0.json, "values": .array(rows[$0] ?? [])] as JSONValue }
    return LegacyData(.array(data), columnNames: table.columns.map { $0.label[0].text })
  }
}
