// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases

extension SampleMetadata {
  /// Eight charts on two dashboards.
  func fillCharts() throws(SQLError) {
    var random = SampleRandom(seed: 8)
    var rows: [[SQLValue]] = []
    for (id, chart) in zip(1..., SampleChart.all) {
      let table = chart.dataset == 1 ? "birth_names" : "sales"
      rows.append([
        .integer(id), .text(chart.name), .text(chart.type), .text("table"),
        .integer(chart.dataset), .text(table), .text("[examples].[\(table)](id:\(chart.dataset))"),
        .json(chart.params(id: id)), .json(chart.queryContext(id: id)), .blob(random.uuid()),
        Self.created, .integer(1),
      ])
    }
    try insertMade(
      "slices",
      [
        "id", "slice_name", "viz_type", "datasource_type", "datasource_id", "datasource_name",
        "perm", "params", "query_context", "uuid", "last_saved_at", "last_saved_by_fk",
      ], rows)
    try insert("slice_user", ["user_id", "slice_id"], rows.indices.map { pair((1, $0 + 1)) })
    try fillDashboards(&random)
  }

  private func fillDashboards(_ random: inout SampleRandom) throws(SQLError) {
    let dashboards = [("births", "Births", 1...5), ("sales", "Продажи", 6...8)]
    var rows: [[SQLValue]] = []
    for (id, (slug, title, charts)) in zip(1..., dashboards) {
      rows.append([
        .integer(id), .text(title), .text(slug), .flag(true),
        .json(Self.layout(title, charts)), .json(["color_scheme": "supersetColors"]),
        .blob(random.uuid()),
      ])
      try insert(
        "dashboard_slices", ["dashboard_id", "slice_id"], charts.map { pair((id, $0)) })
      try insert("dashboard_user", ["user_id", "dashboard_id"], [pair((1, id))])
    }
    try insertMade(
      "dashboards",
      ["id", "dashboard_title", "slug", "published", "position_json", "json_metadata", "uuid"], rows
    )
  }

  /// Where the charts stand: three in a row, as Superset's `position_json` says it.
  private static func layout(_ title: String, _ charts: ClosedRange<Int>) -> JSONValue {
    let rows = stride(from: charts.lowerBound, through: charts.upperBound, by: 3).map { first in
      (name: "ROW-\(first)", charts: Array(first...min(first + 2, charts.upperBound)))
    }
    var layout: JSONObject = [
      "DASHBOARD_VERSION_KEY": "v2",
      "ROOT_ID": ["type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]],
      "HEADER_ID": ["type": "HEADER", "id": "HEADER_ID", "meta": ["text": .string(title)]],
      "GRID_ID": part("GRID", "GRID_ID", of: ["ROOT_ID"], rows.map(\.name)),
    ]
    for row in rows {
      let names = row.charts.map { "CHART-\($0)" }
      layout[row.name] = part("ROW", row.name, of: ["ROOT_ID", "GRID_ID"], names)
      for (name, chart) in zip(names, row.charts) {
        var object =
          part("CHART", name, of: ["ROOT_ID", "GRID_ID", row.name], []).objectValue ?? [:]
        object["meta"] = ["chartId": .integer(chart), "width": 4, "height": 50]
        layout[name] = .object(object)
      }
    }
    return .object(layout)
  }

  private static func part(
    _ type: String, _ id: String, of parents: [String], _ children: [String]
  ) -> JSONValue {
    [
      "type": .string(type), "id": .string(id), "parents": .array(parents.map { .string($0) }),
      "children": .array(children.map { .string($0) }),
    ]
  }
}
