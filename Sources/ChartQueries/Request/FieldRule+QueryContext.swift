// SPDX-License-Identifier: MIT

extension FieldRule {
  /// A query context, as `POST /api/v1/chart/data` takes it.
  static let queryContext = FieldRule.record([
    "datasource": .required(datasource), "queries": .required(.list(.required(queryObject))),
    "force": .boolean, "result_type": resultType,
    "result_format": .choice(["csv", "json", "xlsx"], ignoringCase: false),
    "form_data": .any, "custom_cache_timeout": .any,
  ])

  static let filterOperators = [
    "==", "!=", ">", "<", ">=", "<=", "LIKE", "NOT LIKE", "ILIKE", "IS NULL", "IS NOT NULL", "IN",
    "NOT IN", "IS TRUE", "IS FALSE", "TEMPORAL_RANGE",
  ]

  private static let resultType = FieldRule.choice(
    [
      "columns", "full", "query", "results", "samples", "timegrains", "post_processed",
      "drill_detail",
    ], ignoringCase: false)

  private static let operations = [
    "aggregate", "boxplot", "compare", "contribution", "cum", "diff", "escape_separator", "flatten",
    "geodetic_parse", "geohash_decode", "geohash_encode", "histogram", "pivot", "prophet", "rank",
    "rename", "resample", "rolling", "select", "sort", "unescape_separator",
  ]

  private static let datasource = FieldRule.record([
    "id": .required(.count),
    "type": .choice(["table", "dataset", "query", "saved_query", "view"], ignoringCase: false),
  ])

  private static let filter = FieldRule.record([
    "col": .required(.any), "op": .required(.choice(filterOperators, ignoringCase: true)),
    "val": .any, "grain": .text, "isExtra": .boolean,
  ])

  private static let extras = FieldRule.record([
    "relative_start": .choice(["today", "now"], ignoringCase: false),
    "relative_end": .choice(["today", "now"], ignoringCase: false),
    "where": .text, "having": .text, "time_grain_sqla": .text,
    "instant_time_comparison_range": .text,
  ])

  private static let queryObject = FieldRule.record([
    "annotation_layers": .list(.mapping), "applied_time_extras": .mapping,
    "apply_fetch_values_predicate": .boolean, "columns": .list(.any), "datasource": .mapping,
    "extras": extras, "filters": .list(filter), "granularity": .text, "is_rowcount": .boolean,
    "is_timeseries": .boolean, "metrics": .list(.any), "order_desc": .boolean,
    "orderby": .list(.order),
    "post_processing": .list(
      .record([
        "operation": .required(.choice(operations, ignoringCase: false)), "options": .mapping,
      ])),
    "result_type": resultType, "row_limit": .count, "row_offset": .count,
    "series_columns": .list(.any), "series_limit": .count, "series_limit_metric": .any,
    "time_offsets": .list(.text), "time_range": .text, "time_shift": .text,
    "url_params": .mapping,
    // The names that older clients use.
    "granularity_sqla": .text, "groupby": .list(.any), "timeseries_limit": .count,
    "timeseries_limit_metric": .any, "where": .text, "having": .text,
  ])
}
