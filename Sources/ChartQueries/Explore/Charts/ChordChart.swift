// SPDX-License-Identifier: MIT
import JSONValues

/// A number for every pair of values of two columns.
struct ChordChart: LegacyChart {
  static let name = "chord"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    query.members["groupby"] = [form.value("groupby"), form.value("columns")]
    let metric = form.value("metric")
    query.members["metrics"] = [metric]
    if form.saysAnything("sort_by_metric") { query.order(by: metric, ascending: false) }
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let columns = result.table.columns.map(\.cells)
    guard columns.count == 3 else {
      throw .breaksOff(
        reason: "Length mismatch: Expected axis has \(columns.count) elements,"
          + " new values have 3 elements")
    }
    // Superset's order is that of a set, so none.
    let nodes = Set(columns[0] + columns[1]).sorted(by: Cell.precedes)
    try DataTable.limit(nodes.count, nodes.count, by: "The matrix")
    var values: [[Cell]: JSONValue] = [:]
    for row in 0..<result.table.rowCount {
      values[[columns[0][row], columns[1][row]]] = columns[2][row].json
    }
    let matrix = nodes.map { target in
      JSONValue.array(nodes.map { values[[$0, target]] ?? 0 })
    }
    return LegacyData(
      ["nodes": .array(nodes.map(\.json)), "matrix": .array(matrix)],
      columnNames: ["source", "target", "value"])
  }
}
