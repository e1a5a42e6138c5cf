// SPDX-License-Identifier: MIT
import JSONValues

/// One saved chart of the sample: its form, and the query the browser makes of it.
struct SampleChart {
  let name: String
  let type: String
  let dataset: Int
  /// The form's members beyond type and dataset.
  let form: JSONObject
  let query: JSONObject

  func params(id: Int) -> JSONValue {
    var params: JSONObject = [
      "datasource": .string("\(dataset)__table"), "viz_type": .string(type),
      "slice_id": .integer(id),
    ]
    params.merge(form) { $1 }
    return .object(params)
  }

  func queryContext(id: Int) -> JSONValue {
    [
      "datasource": ["id": .integer(dataset), "type": "table"], "force": false,
      "queries": [.object(query)], "form_data": params(id: id), "result_format": "json",
      "result_type": "full",
    ]
  }

  static let all = [
    SampleChart(
      name: "Popular names", type: "table", dataset: 1,
      form: ["groupby": ["name"], "metrics": ["sum__num"], "row_limit": 50],
      query: [
        "columns": ["name"], "metrics": ["sum__num"], "filters": [],
        "orderby": [["sum__num", false]], "row_limit": 50,
      ]),
    SampleChart(
      name: "Births in all", type: "big_number_total", dataset: 1, form: ["metric": "sum__num"],
      query: ["columns": [], "metrics": ["sum__num"], "filters": []]),
    SampleChart(
      name: "Girls and boys", type: "pie", dataset: 1,
      form: ["groupby": ["gender"], "metric": "sum__num", "row_limit": 100],
      query: ["columns": ["gender"], "metrics": ["sum__num"], "filters": [], "row_limit": 100]),
    SampleChart(
      name: "Births over the years", type: "echarts_timeseries_line", dataset: 1,
      form: [
        "x_axis": "ds", "time_grain_sqla": "P1Y", "metrics": ["sum__num"], "groupby": ["gender"],
        "row_limit": 10_000,
      ], query: overTheYears),
    SampleChart(
      name: "Births by state", type: "echarts_timeseries_bar", dataset: 1,
      form: ["x_axis": "state", "metrics": ["sum__num"], "row_limit": 100],
      query: [
        "columns": ["state"], "metrics": ["sum__num"], "filters": [],
        "orderby": [["sum__num", false]], "row_limit": 100,
      ]),
    SampleChart(
      name: "Sales by region", type: "table", dataset: 2,
      form: ["groupby": ["region"], "metrics": ["sum__sales", "sum__orders"], "row_limit": 100],
      query: [
        "columns": ["region"], "metrics": ["sum__sales", "sum__orders"], "filters": [],
        "orderby": [["sum__sales", false]], "row_limit": 100,
      ]),
    SampleChart(
      name: "Latest orders", type: "table", dataset: 2,
      form: [
        "query_mode": "raw", "all_columns": ["ds", "region", "product", "sales", "note"],
        "order_by_cols": ["[\"ds\", false]"], "row_limit": 100,
      ],
      query: [
        "columns": ["ds", "region", "product", "sales", "note"], "filters": [],
        "orderby": [["ds", false]], "row_limit": 100,
      ]),
    SampleChart(
      name: "Delivery share", type: "pie", dataset: 2,
      form: ["groupby": ["is_delivery"], "metric": "count", "row_limit": 10],
      query: ["columns": ["is_delivery"], "metrics": ["count"], "filters": [], "row_limit": 10]),
  ]

  private static let overTheYears: JSONObject = [
    "columns": [
      [
        "timeGrain": "P1Y", "columnType": "BASE_AXIS", "sqlExpression": "ds", "label": "ds",
        "expressionType": "SQL",
      ], "gender",
    ],
    "metrics": ["sum__num"], "filters": [], "series_columns": ["gender"],
    "orderby": [["sum__num", false]], "row_limit": 10_000,
    "post_processing": [
      [
        "operation": "pivot",
        "options": [
          "index": ["ds"], "columns": ["gender"],
          "aggregates": ["sum__num": ["operator": "mean"]], "drop_missing_columns": false,
        ],
      ], ["operation": "flatten"],
    ],
  ]
}
