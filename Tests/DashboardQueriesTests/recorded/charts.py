"""The charts that stand on the recorded dashboards: (viz type, dataset, form)."""


def simple(subject, operator, comparator=None, clause="WHERE", **more):
    found = {"expressionType": "SIMPLE", "subject": subject, "operator": operator,
             "clause": clause, **more}
    if comparator is not None:
        found["comparator"] = comparator
    return found


def sql(text, clause="WHERE"):
    return {"expressionType": "SQL", "sqlExpression": text, "clause": clause}


def adhoc(aggregate, column, label=None):
    made = {"expressionType": "SIMPLE", "column": {"column_name": column, "type": "BIGINT"},
            "aggregate": aggregate, "optionName": f"metric_{column}", "hasCustomLabel": False}
    if label:
        made.update(label=label, hasCustomLabel=True)
    return made


DECADES = simple("ds", "TEMPORAL_RANGE", "1980-01-01 : 2009-01-01")
ANY_TIME = simple("ds", "TEMPORAL_RANGE", "No filter")
GIRLS = simple("gender", "IN", ["girl"])
SHIFTED = {"expressionType": "SQL", "sqlExpression": "date(ds, '+1 day')", "label": "shifted"}
SQL_METRIC = {"expressionType": "SQL", "sqlExpression": "SUM(num) / 2", "label": "half",
              "hasCustomLabel": True, "optionName": "metric_half"}
TIMES = {"x_axis": "ds", "time_grain_sqla": "P1Y"}
COMPARED = {"time_compare": ["1 year ago", "2 years ago"], "comparison_type": "values"}
ANNOTATION = {"name": "line", "annotationType": "FORMULA", "value": "100", "show": True,
              "style": "solid", "sourceType": "", "overrides": {}}

MODERN = [
    ("table", 1, {"query_mode": "aggregate", "groupby": ["name"], "metrics": ["sum__num"],
                  "row_limit": 50, "adhoc_filters": [DECADES, GIRLS]}),
    ("table", 1, {"query_mode": "raw", "all_columns": ["name", "num", "ds"], "groupby": ["x"],
                  "metrics": ["sum__num"], "row_limit": "20", "time_grain_sqla": "P1M",
                  "order_by_cols": ['["num", false]', '["name", true]'],
                  "adhoc_filters": [simple("name", "IS NOT NULL"), sql("num > 10 -- many"),
                                    sql("num < 100000")]}),
    ("table", 1, {"groupby": ["gender", "ds"], "metrics": ["sum__num", adhoc("AVG", "num")],
                  "percent_metrics": ["sum__num", "count"], "show_totals": True,
                  "time_grain_sqla": "P1Y", "temporal_columns_lookup": {"ds": True},
                  "timeseries_limit_metric": "count", "order_desc": True,
                  "adhoc_filters": [sql("SUM(num) > 10", "HAVING"), ANY_TIME]}),
    ("table", 2, {"query_mode": "aggregate", "groupby": ["region"], "metrics": ["sum__sales"],
                  "server_pagination": True, "server_page_length": 20, "show_totals": True,
                  "timeseries_limit_metric": [], "adhoc_filters": []}),
    ("table", 1, {"query_mode": "aggregate", "groupby": ["gender"], "metrics": ["sum__num"],
                  "percent_metrics": ["count"], "adhoc_filters": [DECADES], **COMPARED}),
    ("table", 1, {"query_mode": "aggregate", "groupby": ["gender"], "metrics": ["sum__num"],
                  "time_compare": ["inherit"], "comparison_type": "values",
                  "adhoc_filters": [DECADES]}),
    ("table", 1, {"query_mode": "aggregate", "groupby": ["gender"], "metrics": ["sum__num"],
                  "time_compare": ["custom"], "start_date_offset": "1979-01-01",
                  "comparison_type": "values", "adhoc_filters": [DECADES]}),
    ("big_number_total", 1, {"metric": "sum__num", "adhoc_filters": [ANY_TIME]}),
    ("big_number_total", 2, {"metric": SQL_METRIC, "adhoc_filters": [
        simple("ds", "TEMPORAL_RANGE", "Last year")], "row_limit": None}),
    ("big_number", 1, {**TIMES, "metric": "sum__num", "adhoc_filters": [DECADES],
                       "rolling_type": "mean", "rolling_periods": "3", "min_periods": 0}),
    ("big_number", 1, {"granularity_sqla": "ds", "time_grain_sqla": "P1Y", "metric": "sum__num",
                       "time_range": "1990 : 2000", "resample_rule": "1YS",
                       "resample_method": "zerofill"}),
    ("pop_kpi", 1, {"metric": "sum__num", "adhoc_filters": [DECADES], "time_compare": ["inherit"],
                    "comparison_type": "values", "extra_form_data": {}}),
    ("pop_kpi", 1, {"metric": "sum__num", "adhoc_filters": [DECADES], "cols": ["gender"],
                    "time_compare": "1 year ago", "comparison_type": "values"}),
    ("pie", 1, {"groupby": ["gender"], "metric": "sum__num", "row_limit": 100,
                "sort_by_metric": True, "adhoc_filters": [GIRLS]}),
    ("pie", 1, {"groupby": ["gender"], "metric": adhoc("SUM", "num", "Sum")}),
    ("echarts_timeseries_line", 1, {**TIMES, "metrics": ["sum__num"], "groupby": ["gender"],
                                    "adhoc_filters": [DECADES], "row_limit": 10000,
                                    "limit": "5", "order_desc": True, "truncate_metric": True,
                                    "annotation_layers": [ANNOTATION]}),
    ("echarts_timeseries_line", 1, {**TIMES, "metrics": ["sum__num", SQL_METRIC], "groupby": [],
                                    "adhoc_filters": [DECADES], "forecastEnabled": True,
                                    "forecastPeriods": "10", "forecastInterval": "0.8",
                                    "rolling_type": "cumsum", "contributionMode": "row"}),
    ("echarts_timeseries_line", 1, {**TIMES, "metrics": ["sum__num"], "groupby": ["gender"],
                                    "adhoc_filters": [DECADES], "rolling_type": "mean",
                                    "rolling_periods": 7, "min_periods": 2, **COMPARED}),
    ("echarts_timeseries_line", 1, {**TIMES, "metrics": ["sum__num", "count"], "groupby": [],
                                    "adhoc_filters": [DECADES], "time_compare": "1 year ago",
                                    "comparison_type": "difference",
                                    "resample_rule": "1YS", "resample_method": "ffill"}),
    ("echarts_timeseries_line", 1, {"x_axis": SHIFTED, "time_grain_sqla": "P1M",
                                    "metrics": ["sum__num"], "groupby": [],
                                    "timeseries_limit_metric": "count", "series_limit": 3,
                                    "series_limit_metric": "count"}),
    ("echarts_timeseries_line", 1, {"granularity_sqla": "ds", "time_grain_sqla": "P1Y",
                                    "time_range": "1990 : 2000", "metrics": ["sum__num"],
                                    "groupby": ["gender"]}),
    ("echarts_timeseries_bar", 1, {"x_axis": "state", "metrics": ["sum__num"], "groupby": [],
                                   "adhoc_filters": [DECADES], "x_axis_sort": "sum__num",
                                   "x_axis_sort_asc": False, "row_limit": 1000}),
    ("echarts_timeseries_bar", 1, {"x_axis": "state", "metrics": ["sum__num"], "groupby": [],
                                   "x_axis_sort": "count", "x_axis_sort_asc": False,
                                   "timeseries_limit_metric": "count"}),
    ("echarts_timeseries_bar", 2, {"x_axis": "ds", "time_grain_sqla": "P1D", "x_axis_sort": "ds",
                                   "x_axis_sort_asc": True, "metrics": ["sum__sales"]}),
    ("echarts_area", 2, {"x_axis": "ds", "time_grain_sqla": "P1M", "metrics": ["sum__sales"],
                         "groupby": ["region"], "time_compare": ["1 month ago"],
                         "comparison_type": "ratio", "truncate_metric": True}),
    ("echarts_timeseries_smooth", 1, {**TIMES, "metrics": ["sum__num"]}),
    ("echarts_timeseries_scatter", 1, {**TIMES, "metrics": ["sum__num"], "groupby": ["state"]}),
    ("echarts_timeseries_step", 1, {**TIMES, "metrics": ["sum__num"]}),
    ("echarts_timeseries", 1, {**TIMES, "metrics": ["sum__num"]}),
    ("mixed_timeseries", 1, {**TIMES, "metrics": ["sum__num"], "groupby": ["gender"],
                             "adhoc_filters": [DECADES], "metrics_b": ["count"],
                             "groupby_b": [], "adhoc_filters_b": [GIRLS], "row_limit": 100,
                             "row_limit_b": 200, "timeseries_limit_metric": "count",
                             "order_desc": True, "order_desc_b": False, "limit_b": 4}),
    ("mixed_timeseries", 1, {**TIMES, "metrics": ["sum__num"], "metrics_b": ["sum__num"],
                             "rolling_type_b": "cumsum", "time_compare": ["1 year ago"],
                             "comparison_type": "values", "truncate_metric_b": True,
                             "groupby_b": ["state"]}),
    ("box_plot", 1, {"columns": ["ds"], "time_grain_sqla": "P1Y", "groupby": ["gender"],
                     "temporal_columns_lookup": {"ds": True}, "metrics": ["sum__num"],
                     "whiskerOptions": "2/98 percentiles", "adhoc_filters": [DECADES]}),
    ("box_plot", 1, {"columns": [], "granularity_sqla": "ds", "metrics": ["sum__num"],
                     "whiskerOptions": "Min/max (no outliers)"}),
    ("pivot_table_v2", 1, {"groupbyRows": ["state", "ds"], "groupbyColumns": ["gender", "state"],
                           "metrics": ["sum__num", "names"], "time_grain_sqla": "P1Y",
                           "temporal_columns_lookup": {"ds": True}, "row_limit": 10000,
                           "series_limit_metric": "count", "order_desc": False,
                           "adhoc_filters": [DECADES]}),
    ("pivot_table_v2", 2, {"groupbyRows": ["region"], "groupbyColumns": [],
                           "metrics": ["sum__sales"], "series_limit": 10}),
    ("treemap_v2", 1, {"groupby": ["state", "gender"], "metric": "sum__num",
                       "sort_by_metric": True}),
    ("sunburst_v2", 1, {"columns": ["state", "gender"], "metric": "sum__num",
                        "secondary_metric": "count"}),
    ("funnel", 1, {"groupby": ["gender"], "metric": "sum__num", "sort_by_metric": True}),
    ("gauge_chart", 1, {"groupby": ["gender"], "metric": "sum__num", "row_limit": 10}),
    ("radar", 1, {"groupby": ["gender"], "metrics": ["sum__num", "count"],
                  "series_limit_metric": "names"}),
    ("radar", 1, {"groupby": ["gender"], "metrics": ["sum__num", "count"],
                  "timeseries_limit_metric": "names"}),
    ("graph_chart", 1, {"source": "gender", "target": "state", "metric": "sum__num",
                        "source_category": "name_initial"}),
    ("tree_chart", 1, {"id": "name", "parent": "gender", "name": "state", "metric": "count"}),
    ("sankey_v2", 1, {"source": "gender", "target": "state", "metric": "sum__num",
                      "sort_by_metric": True}),
    ("heatmap_v2", 1, {"x_axis": "state", "groupby": "gender", "metric": "sum__num",
                       "sort_x_axis": "alpha_asc", "sort_y_axis": "value_desc",
                       "normalize_across": "x"}),
    ("heatmap_v2", 1, {**TIMES, "groupby": ["gender"], "metric": adhoc("SUM", "num"),
                       "sort_x_axis": "value_asc", "sort_y_axis": "alpha_desc",
                       "normalize_across": "heatmap"}),
    ("histogram_v2", 1, {"column": "num", "groupby": ["gender"], "bins": "8",
                         "cumulative": True, "normalize": False}),
    ("bubble_v2", 1, {"entity": "state", "series": "gender", "x": "sum__num", "y": "count",
                      "size": "names", "order_desc": False, "orderby": adhoc("SUM", "num")}),
    # Not a choice that the page can read: it asks nothing.
    ("bubble_v2", 1, {"entity": "state", "x": "sum__num", "y": "count", "size": "names",
                      "orderby": "count"}),
    ("waterfall", 1, {**TIMES, "groupby": ["gender"], "metric": "sum__num"}),
    ("word_cloud", 1, {"series": "name", "metric": "sum__num", "row_limit": 30,
                       "sort_by_metric": True}),
    ("handlebars", 1, {"query_mode": "aggregate", "groupby": ["gender"],
                       "metrics": ["sum__num"], "all_columns": ["name"],
                       "handlebarsTemplate": "<p>{{data.length}}</p>"}),
    ("handlebars", 1, {"query_mode": "raw", "all_columns": ["name"], "groupby": ["gender"],
                       "order_by_cols": ['["name", true]'], "row_limit": 5,
                       "handlebarsTemplate": "<p>{{data.length}}</p>"}),
    # A form from older times: time outside of the filters, an own where, a stale dashboard filter.
    ("table", 1, {"groupby": ["name"], "metrics": ["sum__num"], "since": "1990", "until": "2000",
                  "where": "num > 5", "granularity": "ds", "time_range": "1990 : 2000",
                  "row_offset": 10, "row_limit": "many", "url_params": {"a": "1"},
                  "custom_params": {"b": 2},
                  "extra_form_data": {"filters": [{"col": "gender", "op": "IN", "val": ["boy"]}]},
                  "extra_filters": [{"col": "__time_range", "op": "==", "val": "2001 : 2002"}],
                  "adhoc_filters": [simple("num", ">", 3, "HAVING"), GIRLS]}),
]

# One of each type with as little as it takes, to see what a form's controls add by themselves.
BARE = [(viz, 1, form) for viz, form in {
    "table": {}, "big_number_total": {"metric": "count"},
    "big_number": {"x_axis": "ds", "metric": "count"},
    "pop_kpi": {"metric": "count"}, "pie": {"metric": "count"},
    "echarts_timeseries_line": {"x_axis": "ds", "metrics": ["count"]},
    "echarts_timeseries_bar": {"x_axis": "ds", "metrics": ["count"]},
    "echarts_area": {"x_axis": "ds", "metrics": ["count"]},
    "echarts_timeseries_smooth": {"x_axis": "ds", "metrics": ["count"]},
    "echarts_timeseries_scatter": {"x_axis": "ds", "metrics": ["count"]},
    "echarts_timeseries_step": {"x_axis": "ds", "metrics": ["count"]},
    "echarts_timeseries": {"x_axis": "ds", "metrics": ["count"]},
    "mixed_timeseries": {"x_axis": "ds", "metrics": ["count"], "metrics_b": ["count"]},
    "box_plot": {"metrics": ["count"]}, "pivot_table_v2": {"metrics": ["count"]},
    "treemap_v2": {"metric": "count"}, "sunburst_v2": {"metric": "count"},
    "funnel": {"metric": "count"}, "gauge_chart": {"metric": "count"},
    "radar": {"metrics": ["count"]}, "graph_chart": {"metric": "count"},
    "tree_chart": {"metric": "count"}, "sankey_v2": {"metric": "count"},
    "heatmap_v2": {"metric": "count", "x_axis": "state", "groupby": "gender"},
    "histogram_v2": {"column": "num"}, "bubble_v2": {"entity": "state"},
    "waterfall": {"metric": "count", "x_axis": "state"},
    "word_cloud": {"metric": "count", "series": "name"}, "handlebars": {"metrics": ["count"]},
}.items()]

LEGACY_TYPES = [
    "time_table", "cal_heatmap", "bubble", "bullet", "line", "bar", "area", "time_pivot",
    "compare", "histogram", "dist_bar", "sankey", "chord", "country_map", "world_map", "para",
    "heatmap", "horizon", "mapbox", "event_flow", "paired_ttest", "rose", "partition",
    "deck_multi", "deck_scatter", "deck_screengrid", "deck_grid", "deck_path", "deck_polygon",
    "deck_hex", "deck_heatmap", "deck_contour", "deck_geojson", "deck_arc",
]
LEGACY_FORM = {"metrics": ["sum__num"], "metric": "sum__num", "groupby": ["gender"],
               "granularity_sqla": "ds", "time_grain_sqla": "P1Y", "time_range": "1990 : 2000",
               "adhoc_filters": [GIRLS, sql("num > 1")], "row_limit": 100,
               "color_scheme": "bnbColors", "js_tooltip": "x => x"}
LEGACY = [(viz, 1, LEGACY_FORM) for viz in LEGACY_TYPES]
BARE_LEGACY = [(viz, 1, {}) for viz in LEGACY_TYPES]
# All members that become columns, metrics or an order, to see in which order a type lists them.
NAMES = ["size", "y", "x", "secondary_metric", "metric_2", "metric", "metrics", "series", "columns",
         "all_columns", "groupby", "order_by_cols", "source", "target", "source_category",
         "target_category", "id", "parent", "name", "orderby"]
PROBES = [
    (viz, 1, {"FIRST": 1, **{n: f"{n}_is" for n in NAMES}, **form,
              **{n: [f"{n}_is"] for n in ("groupby", "columns", "metrics", "all_columns")},
              "order_by_cols": ['["num", true]'], "orderby": [["num", True]]})
    for viz, _, form in BARE]
