// SPDX-License-Identifier: MIT

/// What the controls of legacy types say by themselves: all of it is posted.
///
/// Made by Tests/DashboardQueriesTests/recorded/controls.py.
extension ControlPanel {
  static let legacy2: [String: String] = [
    "horizon": """
    {"names":[],"defaults":{"time_range":"No filter","adhoc_filters":[],"groupby":[],"order_de\
    sc":true,"row_limit":10000,"series_height":"25","horizon_color_scale":"series"}}
    """,
    "mapbox": """
    {"names":[],"defaults":{"clustering_radius":"60","row_limit":10000,"adhoc_filters":[],"gro\
    upby":[],"point_radius":"Auto","point_radius_unit":"Pixels","mapbox_label":[],"pandas_aggf\
    unc":"sum","render_while_dragging":true,"mapbox_style":"mapbox://styles/mapbox/light-v9","\
    global_opacity":1,"mapbox_color":"rgb(0, 139, \
    139)","viewport_longitude":-122.405293,"viewport_latitude":37.772123,"viewport_zoom":11}}
    """,
    "event_flow": """
    {"names":[],"defaults":{"row_limit":10000,"order_by_entity":true,"min_leaf_node_event_coun\
    t":1,"adhoc_filters":[],"all_columns":[]}}
    """,
    "paired_ttest": """
    {"names":[],"defaults":{"adhoc_filters":[],"groupby":[],"order_desc":true,"row_limit":1000\
    0,"significance_level":0.05,"pvalue_precision":6,"liftvalue_precision":4}}
    """,
    "rose": """
    {"names":[],"defaults":{"time_range":"No filter","adhoc_filters":[],"groupby":[],"order_de\
    sc":true,"row_limit":10000,"color_scheme":"supersetColors","number_format":"SMART_NUMBER",\
    "date_time_format":"smart_date","rich_tooltip":true,"rolling_type":"None","comparison_type\
    ":"values"}}
    """,
    "partition": """
    {"names":[],"defaults":{"adhoc_filters":[],"groupby":[],"order_desc":true,"row_limit":1000\
    0,"time_series_option":"not_time","color_scheme":"supersetColors","number_format":"SMART_N\
    UMBER","date_time_format":"smart_date","partition_limit":"5","partition_threshold":"0.05",\
    "equal_date_size":true,"rich_tooltip":true,"rolling_type":"None","comparison_type":"values\
    "}}
    """,
    "deck_multi": """
    {"names":[],"defaults":{"mapbox_style":"mapbox://styles/mapbox/light-v9","viewport":{"long\
    itude":6.85236157047845,"latitude":31.222656842808707,"zoom":1,"bearing":0,"pitch":0},"dec\
    k_slices":[],"adhoc_filters":[]}}
    """,
    "deck_scatter": """
    {"names":[],"defaults":{"row_limit":10000,"filter_nulls":true,"adhoc_filters":[],"mapbox_s\
    tyle":"mapbox://styles/mapbox/light-v9","autozoom":true,"viewport":{"longitude":6.85236157\
    047845,"latitude":31.222656842808707,"zoom":1,"bearing":0,"pitch":0},"point_radius_fixed":\
    {"type":"fix","value":1000},"point_unit":"square_m","min_radius":2,"max_radius":250,"multi\
    plier":1,"color_picker":{"r":0,"g":122,"b":135,"a":1},"legend_position":"tr","legend_forma\
    t":"SMART_NUMBER","color_scheme":"supersetColors","js_columns":[]}}
    """,
    "deck_screengrid": """
    {"names":[],"defaults":{"row_limit":10000,"filter_nulls":true,"adhoc_filters":[],"mapbox_s\
    tyle":"mapbox://styles/mapbox/light-v9","autozoom":true,"viewport":{"longitude":6.85236157\
    047845,"latitude":31.222656842808707,"zoom":1,"bearing":0,"pitch":0},"grid_size":20,"color\
    _picker":{"r":0,"g":122,"b":135,"a":1},"js_columns":[]}}
    """,
    "deck_grid": """
    {"names":[],"defaults":{"row_limit":10000,"filter_nulls":true,"adhoc_filters":[],"mapbox_s\
    tyle":"mapbox://styles/mapbox/light-v9","viewport":{"longitude":6.85236157047845,"latitude\
    ":31.222656842808707,"zoom":1,"bearing":0,"pitch":0},"color_scheme":"supersetColors","auto\
    zoom":true,"grid_size":20,"extruded":true,"js_columns":[]}}
    """,
    "deck_path": """
    {"names":[],"defaults":{"line_type":"json","row_limit":10000,"filter_nulls":true,"adhoc_fi\
    lters":[],"mapbox_style":"mapbox://styles/mapbox/light-v9","viewport":{"longitude":6.85236\
    157047845,"latitude":31.222656842808707,"zoom":1,"bearing":0,"pitch":0},"color_picker":{"r\
    ":0,"g":122,"b":135,"a":1},"line_width":1,"line_width_unit":"pixels","autozoom":true,"js_c\
    olumns":[]}}
    """,
    "deck_polygon": """
    {"names":[],"defaults":{"line_type":"json","adhoc_filters":[],"point_radius_fixed":{"type"\
    :"fix","value":1000},"row_limit":10000,"filter_nulls":true,"mapbox_style":"mapbox://styles\
    /mapbox/light-v9","viewport":{"longitude":6.85236157047845,"latitude":31.222656842808707,"\
    zoom":1,"bearing":0,"pitch":0},"autozoom":true,"fill_color_picker":{"r":0,"g":122,"b":135,\
    "a":1},"stroke_color_picker":{"r":0,"g":122,"b":135,"a":1},"filled":true,"extruded":true,"\
    multiplier":1,"line_width":1,"line_width_unit":"pixels","linear_color_scheme":"superset_se\
    q_1","opacity":80,"num_buckets":5,"toggle_polygons":true,"legend_position":"tr","legend_fo\
    rmat":"SMART_NUMBER","js_columns":[]}}
    """,
    "deck_hex": """
    {"names":[],"defaults":{"row_limit":10000,"filter_nulls":true,"adhoc_filters":[],"mapbox_s\
    tyle":"mapbox://styles/mapbox/light-v9","color_scheme":"supersetColors","viewport":{"longi\
    tude":6.85236157047845,"latitude":31.222656842808707,"zoom":1,"bearing":0,"pitch":0},"auto\
    zoom":true,"grid_size":20,"extruded":true,"js_agg_function":"sum","js_columns":[]}}
    """,
    "deck_heatmap": """
    {"names":[],"defaults":{"row_limit":10000,"filter_nulls":true,"adhoc_filters":[],"intensit\
    y":1,"radius_pixels":30,"mapbox_style":"mapbox://styles/mapbox/light-v9","viewport":{"long\
    itude":6.85236157047845,"latitude":31.222656842808707,"zoom":1,"bearing":0,"pitch":0},"lin\
    ear_color_scheme":"superset_seq_1","autozoom":true,"aggregation":"sum","js_columns":[]}}
    """,
    "deck_contour": """
    {"names":[],"defaults":{"row_limit":10000,"filter_nulls":true,"adhoc_filters":[],"mapbox_s\
    tyle":"mapbox://styles/mapbox/light-v9","autozoom":true,"viewport":{"longitude":6.85236157\
    047845,"latitude":31.222656842808707,"zoom":1,"bearing":0,"pitch":0},"cellSize":300,"aggre\
    gation":"sum","js_columns":[]}}
    """,
    "deck_geojson": """
    {"names":[],"defaults":{"row_limit":10000,"filter_nulls":true,"adhoc_filters":[],"mapbox_s\
    tyle":"mapbox://styles/mapbox/light-v9","viewport":{"longitude":6.85236157047845,"latitude\
    ":31.222656842808707,"zoom":1,"bearing":0,"pitch":0},"autozoom":true,"fill_color_picker":{\
    "r":0,"g":122,"b":135,"a":1},"stroke_color_picker":{"r":0,"g":122,"b":135,"a":1},"filled":\
    true,"extruded":true,"line_width":1,"line_width_unit":"pixels","js_columns":[]}}
    """,
    "deck_arc": """
    {"names":[],"defaults":{"row_limit":10000,"filter_nulls":true,"adhoc_filters":[],"mapbox_s\
    tyle":"mapbox://styles/mapbox/light-v9","autozoom":true,"viewport":{"longitude":6.85236157\
    047845,"latitude":31.222656842808707,"zoom":1,"bearing":0,"pitch":0},"color_picker":{"r":0\
    ,"g":122,"b":135,"a":1},"target_color_picker":{"r":0,"g":122,"b":135,"a":1},"color_scheme"\
    :"supersetColors","legend_position":"tr","legend_format":"SMART_NUMBER","js_columns":[]}}
    """,
  ]
}
