// SPDX-License-Identifier: MIT

/// What the controls of legacy types say by themselves: all of it is posted.
///
/// Made by Tests/DashboardQueriesTests/recorded/controls.py.
extension ControlPanel {
  static let legacy1: [String: String] = [
    "time_table": """
    {"names":[],"defaults":{"time_range":"No \
    filter","adhoc_filters":[],"groupby":[],"row_limit":10000}}
    """,
    "cal_heatmap": """
    {"names":[],"defaults":{"time_range":"No filter","domain_granularity":"month","subdomain_g\
    ranularity":"day","adhoc_filters":[],"linear_color_scheme":"superset_seq_1","cell_size":10\
    ,"cell_padding":2,"steps":10,"y_axis_format":"SMART_NUMBER","x_axis_time_format":"smart_da\
    te","show_legend":true,"show_metric_name":true}}
    """,
    "bubble": """
    {"names":[],"defaults":{"adhoc_filters":[],"max_bubble_size":"25","color_scheme":"superset\
    Colors","show_legend":true,"left_margin":"auto","x_axis_format":"SMART_NUMBER","x_ticks_la\
    yout":"auto","bottom_margin":"auto","y_axis_format":"SMART_NUMBER","y_axis_bounds":[null,n\
    ull]}}
    """,
    "bullet": """
    {"names":[],"defaults":{"adhoc_filters":[]}}
    """,
    "line": """
    {"names":[],"defaults":{"time_range":"No filter","adhoc_filters":[],"groupby":[],"order_de\
    sc":true,"row_limit":50000,"color_scheme":"supersetColors","show_brush":"auto","show_legen\
    d":true,"rich_tooltip":true,"line_interpolation":"linear","bottom_margin":"auto","x_ticks_\
    layout":"auto","x_axis_format":"smart_date","left_margin":"auto","y_axis_format":"SMART_NU\
    MBER","y_axis_bounds":[null,null],"rolling_type":"None","comparison_type":"values","annota\
    tion_layers":[]}}
    """,
    "bar": """
    {"names":[],"defaults":{"time_range":"No filter","adhoc_filters":[],"groupby":[],"row_limi\
    t":10000,"color_scheme":"supersetColors","show_brush":"auto","show_legend":true,"rich_tool\
    tip":true,"line_interpolation":"linear","bottom_margin":"auto","x_ticks_layout":"auto","x_\
    axis_format":"smart_date","left_margin":"auto","y_axis_format":"SMART_NUMBER","y_axis_boun\
    ds":[null,null],"rolling_type":"None","comparison_type":"values","annotation_layers":[]}}
    """,
    "area": """
    {"names":[],"defaults":{"time_range":"No filter","adhoc_filters":[],"groupby":[],"order_de\
    sc":true,"row_limit":10000,"show_brush":"auto","show_legend":true,"line_interpolation":"li\
    near","stacked_style":"stack","color_scheme":"supersetColors","rich_tooltip":true,"bottom_\
    margin":"auto","x_ticks_layout":"auto","x_axis_format":"smart_date","y_axis_format":"SMART\
    _NUMBER","y_axis_bounds":[null,null],"rolling_type":"None","comparison_type":"values","ann\
    otation_layers":[]}}
    """,
    "time_pivot": """
    {"names":[],"defaults":{"time_range":"No filter","adhoc_filters":[],"freq":"W-MON","show_l\
    egend":true,"line_interpolation":"linear","color_picker":{"r":0,"g":122,"b":135,"a":1},"bo\
    ttom_margin":"auto","x_axis_format":"SMART_NUMBER","left_margin":"auto","y_axis_format":"S\
    MART_NUMBER","y_axis_bounds":[null,null]}}
    """,
    "compare": """
    {"names":[],"defaults":{"time_range":"No filter","adhoc_filters":[],"groupby":[],"order_de\
    sc":true,"row_limit":10000,"color_scheme":"supersetColors","bottom_margin":"auto","x_ticks\
    _layout":"auto","x_axis_format":"smart_date","left_margin":"auto","y_axis_format":"SMART_N\
    UMBER","y_axis_bounds":[null,null],"rolling_type":"None","comparison_type":"values","annot\
    ation_layers":[]}}
    """,
    "histogram": """
    {"names":[],"defaults":{"all_columns_x":[],"adhoc_filters":[],"row_limit":10000,"groupby":\
    [],"color_scheme":"supersetColors","link_length":5,"show_legend":true}}
    """,
    "dist_bar": """
    {"names":[],"defaults":{"adhoc_filters":[],"groupby":[],"columns":[],"row_limit":10000,"or\
    der_desc":true,"color_scheme":"supersetColors","show_legend":true,"rich_tooltip":true,"y_a\
    xis_format":"SMART_NUMBER","y_axis_bounds":[null,null],"bottom_margin":"auto","x_ticks_lay\
    out":"auto"}}
    """,
    "sankey": """
    {"names":[],"defaults":{"groupby":[],"adhoc_filters":[],"row_limit":10000,"color_scheme":"\
    supersetColors"}}
    """,
    "chord": """
    {"names":[],"defaults":{"groupby":[],"columns":[],"adhoc_filters":[],"row_limit":10000,"y_\
    axis_format":"SMART_NUMBER","color_scheme":"supersetColors"}}
    """,
    "country_map": """
    {"names":[],"defaults":{"adhoc_filters":[],"number_format":"SMART_NUMBER","linear_color_sc\
    heme":"superset_seq_1"}}
    """,
    "world_map": """
    {"names":[],"defaults":{"country_fieldtype":"cca2","adhoc_filters":[],"row_limit":10000,"m\
    ax_bubble_size":"25","color_picker":{"r":0,"g":122,"b":135,"a":1},"color_by":"metric","lin\
    ear_color_scheme":"superset_seq_1","color_scheme":"supersetColors","y_axis_format":"SMART_\
    NUMBER"}}
    """,
    "para": """
    {"names":[],"defaults":{"adhoc_filters":[],"row_limit":10000,"order_desc":true,"linear_col\
    or_scheme":"superset_seq_1"}}
    """,
    "heatmap": """
    {"names":[],"defaults":{"adhoc_filters":[],"row_limit":10000,"linear_color_scheme":"supers\
    et_seq_1","xscale_interval":1,"yscale_interval":1,"canvas_image_rendering":"pixelated","no\
    rmalize_across":"heatmap","left_margin":"auto","bottom_margin":"auto","y_axis_bounds":[nul\
    l,null],"y_axis_format":"SMART_NUMBER","time_format":"%d/%m/%Y","sort_x_axis":"alpha_asc",\
    "sort_y_axis":"alpha_asc","show_legend":true,"show_perc":true}}
    """,
  ]
}
