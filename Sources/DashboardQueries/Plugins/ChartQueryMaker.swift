// SPDX-License-Identifier: MIT
import JSONValues

/// Makes of a chart's form the queries that the page asks for it.
struct ChartQueryMaker {
  let form: JSONObject
  let frontend: Frontend
  /// On which the page is opened, where it is told; some comparisons count from it.
  let today: CivilDay?

  func base(aliases: [String: String] = [:]) throws(FormFault) -> JSONObject {
    try QueryBasis(form, for: frontend).query(aliases: aliases)
  }

  /// Nil for a type of chart that is not one of Superset's.
  func queries(ofType type: String) throws(FormFault) -> [JSONObject]? {
    guard let made = try plugin(type) else { return nil }
    return form.hasAxis ? made.map { BaseAxis.marked($0, of: form) } : made
  }

  private func plugin(_ type: String) throws(FormFault) -> [JSONObject]? {
    switch type {
    case "table": try table()
    case "pivot_table_v2": [try pivotTable()]
    case "big_number_total": [try base()]
    case "big_number": [try trendLine()]
    case "pop_kpi": [try periodOverPeriod()]
    case "echarts_timeseries", "echarts_timeseries_line", "echarts_timeseries_bar",
      "echarts_timeseries_smooth", "echarts_timeseries_scatter", "echarts_timeseries_step",
      "echarts_area":
      [try timeseries()]
    case "mixed_timeseries": try mixedTimeseries()
    case "pie", "funnel", "gauge_chart", "treemap_v2", "sunburst_v2", "word_cloud":
      [try sortedByMetric()]
    case "sankey_v2": [try sankey()]
    case "graph_chart":
      [
        try base(aliases: [
          "source": "columns", "target": "columns", "source_category": "columns",
          "target_category": "columns",
        ])
      ]
    case "tree_chart":
      [try base(aliases: ["id": "columns", "parent": "columns", "name": "columns"])]
    case "radar": [try radar()]
    case "heatmap_v2": [try heatmap()]
    case "histogram_v2": [try histogram()]
    case "box_plot": [try boxPlot()]
    case "bubble_v2": [try bubble()]
    case "waterfall": [try waterfall()]
    case "handlebars": [try handlebars()]
    case "echarts_bar_dodo" where frontend.isFork: [try sortedByMetric()]
    case "echarts_bubble_dodo" where frontend.isFork: [try dodoBubble()]
    default: nil
    }
  }
}

/// The column of the horizontal axis is told apart from other columns, so that Superset cuts its
/// times into grains.
enum BaseAxis {
  static func marked(_ query: JSONObject, of form: JSONObject) -> JSONObject {
    var columns = query["columns"].list
    guard let place = columns.firstIndex(where: { isAxis($0, of: form) }) else { return query }
    var query = query
    columns[place] = marked(columns[place], grain: query["extras"]?["time_grain_sqla"])
    query["columns"] = .array(columns)
    query["is_timeseries"] = nil
    return query
  }

  private static func isAxis(_ column: JSONValue, of form: JSONObject) -> Bool {
    let axis = form["x_axis"]
    if column.stringValue != nil { return column == axis }
    return QueryName.isExpression(column) && QueryName.isExpression(axis)
      && column["sqlExpression"] == axis?["sqlExpression"]
  }

  /// The column cut into grains.
  static func marked(_ column: JSONValue, grain: JSONValue?) -> JSONValue {
    var marked: JSONObject = [:]
    marked["timeGrain"] = grain
    marked["columnType"] = "BASE_AXIS"
    let own = column.objectValue
    for (name, value) in own ?? ["sqlExpression": column, "label": column, "expressionType": "SQL"]
    {
      marked[name] = value
    }
    return .object(marked)
  }
}
