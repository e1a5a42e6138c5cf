// SPDX-License-Identifier: MIT

/// What the controls of newer types say by themselves, of what decides their queries.
///
/// Made by Tests/DashboardQueriesTests/recorded/controls.py.
extension ControlPanel {
  static let modern: [String: String] = [
    "table": """
    {"names":["groupby","metrics","all_columns","order_by_cols"],"defaults":{"groupby":[],"tem\
    poral_columns_lookup":{},"all_columns":[],"percent_metrics":[],"adhoc_filters":[],"order_b\
    y_cols":[],"row_limit":1000,"server_page_length":10,"order_desc":true,"comparison_type":"v\
    alues"}}
    """,
    "big_number_total": """
    {"names":["metric"],"defaults":{"adhoc_filters":[]}}
    """,
    "big_number": """
    {"names":["metric"],"defaults":{"adhoc_filters":[],"rolling_type":"None"}}
    """,
    "pop_kpi": """
    {"names":["metric"],"defaults":{"adhoc_filters":[],"row_limit":10000,"comparison_type":"va\
    lues"}}
    """,
    "pie": """
    {"names":["groupby","metric"],"defaults":{"groupby":[],"adhoc_filters":[],"row_limit":100,\
    "sort_by_metric":true,"color_scheme":"supersetColors"}}
    """,
    "echarts_timeseries_line": """
    {"names":["metrics","groupby"],"defaults":{"x_axis_sort_asc":true,"groupby":[],"adhoc_filt\
    ers":[],"order_desc":true,"row_limit":10000,"truncate_metric":true,"show_empty_columns":tr\
    ue,"comparison_type":"values","annotation_layers":[],"forecastPeriods":10,"forecastInterva\
    l":0.8,"color_scheme":"supersetColors"}}
    """,
    "echarts_timeseries_bar": """
    {"names":["metrics","groupby"],"defaults":{"x_axis_sort_asc":true,"groupby":[],"adhoc_filt\
    ers":[],"order_desc":true,"row_limit":10000,"truncate_metric":true,"show_empty_columns":tr\
    ue,"comparison_type":"values","annotation_layers":[],"forecastPeriods":10,"forecastInterva\
    l":0.8,"orientation":"vertical","color_scheme":"supersetColors"}}
    """,
    "echarts_area": """
    {"names":["metrics","groupby"],"defaults":{"x_axis_sort_asc":true,"groupby":[],"adhoc_filt\
    ers":[],"order_desc":true,"row_limit":10000,"truncate_metric":true,"show_empty_columns":tr\
    ue,"comparison_type":"values","annotation_layers":[],"forecastPeriods":10,"forecastInterva\
    l":0.8,"color_scheme":"supersetColors"}}
    """,
    "echarts_timeseries_smooth": """
    {"names":["metrics","groupby"],"defaults":{"x_axis_sort_asc":true,"groupby":[],"adhoc_filt\
    ers":[],"order_desc":true,"row_limit":10000,"truncate_metric":true,"show_empty_columns":tr\
    ue,"comparison_type":"values","annotation_layers":[],"forecastPeriods":10,"forecastInterva\
    l":0.8,"color_scheme":"supersetColors"}}
    """,
    "echarts_timeseries_scatter": """
    {"names":["metrics","groupby"],"defaults":{"x_axis_sort_asc":true,"groupby":[],"adhoc_filt\
    ers":[],"order_desc":true,"row_limit":10000,"truncate_metric":true,"show_empty_columns":tr\
    ue,"comparison_type":"values","annotation_layers":[],"forecastPeriods":10,"forecastInterva\
    l":0.8,"color_scheme":"supersetColors"}}
    """,
    "echarts_timeseries_step": """
    {"names":["metrics","groupby"],"defaults":{"x_axis_sort_asc":true,"groupby":[],"adhoc_filt\
    ers":[],"order_desc":true,"row_limit":10000,"truncate_metric":true,"show_empty_columns":tr\
    ue,"comparison_type":"values","annotation_layers":[],"forecastPeriods":10,"forecastInterva\
    l":0.8,"color_scheme":"supersetColors"}}
    """,
    "echarts_timeseries": """
    {"names":["metrics","groupby"],"defaults":{"x_axis_sort_asc":true,"groupby":[],"adhoc_filt\
    ers":[],"order_desc":true,"row_limit":10000,"truncate_metric":true,"show_empty_columns":tr\
    ue,"comparison_type":"values","annotation_layers":[],"forecastPeriods":10,"forecastInterva\
    l":0.8,"color_scheme":"supersetColors"}}
    """,
    "mixed_timeseries": """
    {"names":["metrics","groupby"],"defaults":{"groupby":[],"adhoc_filters":[],"order_desc":tr\
    ue,"row_limit":10000,"truncate_metric":true,"comparison_type":"values","annotation_layers"\
    :[],"color_scheme":"supersetColors","groupby_b":[],"adhoc_filters_b":[],"order_desc_b":tru\
    e,"row_limit_b":10000,"truncate_metric_b":true,"comparison_type_b":"values"}}
    """,
    "box_plot": """
    {"names":["columns","groupby","metrics"],"defaults":{"columns":[],"temporal_columns_lookup\
    ":{},"groupby":[],"adhoc_filters":[],"whiskerOptions":"Tukey","color_scheme":"supersetColo\
    rs"}}
    """,
    "pivot_table_v2": """
    {"names":["metrics"],"defaults":{"groupbyColumns":[],"groupbyRows":[],"temporal_columns_lo\
    okup":{},"adhoc_filters":[],"row_limit":10000,"order_desc":true}}
    """,
    "treemap_v2": """
    {"names":["groupby","metric"],"defaults":{"groupby":[],"row_limit":10000,"adhoc_filters":[\
    ],"color_scheme":"supersetColors"}}
    """,
    "sunburst_v2": """
    {"names":["columns","metric","secondary_metric"],"defaults":{"columns":[],"adhoc_filters":\
    [],"row_limit":10000,"color_scheme":"supersetColors"}}
    """,
    "funnel": """
    {"names":["groupby","metric"],"defaults":{"groupby":[],"adhoc_filters":[],"row_limit":10,"\
    sort_by_metric":true,"color_scheme":"supersetColors"}}
    """,
    "gauge_chart": """
    {"names":["groupby","metric"],"defaults":{"groupby":[],"adhoc_filters":[],"row_limit":10,"\
    color_scheme":"supersetColors"}}
    """,
    "radar": """
    {"names":["groupby","metrics"],"defaults":{"groupby":[],"adhoc_filters":[],"row_limit":10,\
    "color_scheme":"supersetColors"}}
    """,
    "graph_chart": """
    {"names":["source","target","metric","source_category","target_category"],"defaults":{"adh\
    oc_filters":[],"row_limit":10000,"color_scheme":"supersetColors"}}
    """,
    "tree_chart": """
    {"names":["id","parent","name","metric"],"defaults":{"adhoc_filters":[],"row_limit":10000}\
    }
    """,
    "sankey_v2": """
    {"names":["source","target","metric"],"defaults":{"source":[],"target":[],"adhoc_filters":\
    [],"row_limit":10000,"color_scheme":"supersetColors"}}
    """,
    "heatmap_v2": """
    {"names":["groupby","metric"],"defaults":{"adhoc_filters":[],"row_limit":10000,"sort_x_axi\
    s":"alpha_asc","sort_y_axis":"alpha_asc","normalize_across":"heatmap"}}
    """,
    "histogram_v2": """
    {"names":["groupby"],"defaults":{"groupby":[],"adhoc_filters":[],"row_limit":10000,"bins":\
    5,"color_scheme":"supersetColors"}}
    """,
    "bubble_v2": """
    {"names":["series","x","y","size","orderby"],"defaults":{"adhoc_filters":[],"order_desc":t\
    rue,"row_limit":10000,"color_scheme":"supersetColors"}}
    """,
    "waterfall": """
    {"names":["groupby","metric"],"defaults":{"groupby":[],"adhoc_filters":[],"row_limit":1000\
    0}}
    """,
    "word_cloud": """
    {"names":["series","metric"],"defaults":{"adhoc_filters":[],"row_limit":100,"color_scheme"\
    :"supersetColors"}}
    """,
    "handlebars": """
    {"names":["groupby","metrics","all_columns","order_by_cols"],"defaults":{"groupby":[],"all\
    _columns":[],"percent_metrics":[],"order_by_cols":[],"order_desc":true,"row_limit":10000,"\
    server_page_length":10,"adhoc_filters":[]}}
    """,
  ]
}
