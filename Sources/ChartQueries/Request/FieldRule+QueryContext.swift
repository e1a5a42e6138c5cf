// SPDX-License-Identifier: MIT

/// The members stand in the order in which Superset looks at them, and tells what is wrong with them.
extension FieldRule {
  /// A query context, as `POST /api/v1/chart/data` takes it.
  static let queryContext = record(contextMembers, dropsUnknown: false)

  /// The same, as DODO's fork takes it.
  static let forkedContext = record(
    contextMembers.map { name, rule in
      name == "queries" ? (name, .list(forkedQuery)) : (name, rule)
    } + [("language", .choice(["ru", "en"]))], dropsUnknown: false)

  private static let contextMembers: [(name: String, rule: FieldRule)] = [
    ("datasource", datasource), ("queries", .list(queryObject)),
    ("custom_cache_timeout", .nullable(.integer)), ("force", .nullable(.boolean)),
    ("result_type", resultType), ("result_format", .choice(["csv", "json", "xlsx"])),
    ("form_data", .nullable(.any)),
  ]

  private static let resultType = FieldRule.choice([
    "columns", "full", "query", "results", "samples", "timegrains", "post_processed",
    "drill_detail",
  ])

  private static let datasource = FieldRule.record(
    [
      ("id", .required(.integer)),
      ("type", .textChoice(["table", "dataset", "query", "saved_query", "view"])),
    ], dropsUnknown: false)

  private static let filter = FieldRule.record(
    [
      ("col", .required(.any)), ("op", .required(.choiceIgnoringCase(filterOperators))),
      ("val", .nullable(.any)), ("grain", .text), ("isExtra", .boolean),
    ], dropsUnknown: false)

  private static let filterOperators = [
    "==", "!=", ">", "<", ">=", "<=", "LIKE", "NOT LIKE", "ILIKE", "IS NULL", "IS NOT NULL", "IN",
    "NOT IN", "IS TRUE", "IS FALSE", "TEMPORAL_RANGE",
  ]

  private static let extras = FieldRule.record(
    [
      ("relative_start", .textChoice(["today", "now"])),
      ("relative_end", .textChoice(["today", "now"])), ("where", .text), ("having", .text),
      ("time_grain_sqla", .nullable(.textChoice(grains))),
      ("instant_time_comparison_range", .nullable(.text)),
    ], dropsUnknown: false)

  private static let grains = [
    "PT1S", "PT5S", "PT30S", "PT1M", "PT5M", "PT10M", "PT15M", "PT30M", "PT1H", "PT6H", "P1D",
    "P1W", "P1M", "P3M", "P1Y", "1969-12-28T00:00:00Z/P1W", "1969-12-29T00:00:00Z/P1W",
    "P1W/1970-01-03T00:00:00Z", "P1W/1970-01-04T00:00:00Z",
  ]

  private static let step = FieldRule.record(
    [("operation", .required(.textChoice(operations))), ("options", .dictionary)],
    dropsUnknown: false)

  private static let operations = [
    "aggregate", "boxplot", "compare", "contribution", "cum", "diff", "escape_separator", "flatten",
    "geodetic_parse", "geohash_decode", "geohash_encode", "histogram", "pivot", "prophet", "rank",
    "rename", "resample", "rolling", "select", "sort", "unescape_separator",
  ]

  private static let annotationLayer = FieldRule.record(
    [
      ("annotationType", .textChoice(["FORMULA", "INTERVAL", "EVENT", "TIME_SERIES"])),
      ("color", .nullable(.text)), ("descriptionColumns", .list(.text)),
      ("hideLine", .nullable(.boolean)), ("intervalEndColumn", .nullable(.text)),
      ("name", .required(.text)),
      ("opacity", .nullable(.textChoice(["", "opacityLow", "opacityMedium", "opacityHigh"]))),
      (
        "overrides",
        .nullable(
          .mapping(
            keys: ["granularity", "time_grain_sqla", "time_range", "time_shift"], hasTexts: false))
      ),
      ("show", .required(.boolean)), ("showLabel", .nullable(.boolean)),
      ("showMarkers", .required(.boolean)),
      ("sourceType", .textChoice(["", "line", "NATIVE", "table"])),
      ("style", .textChoice(["dashed", "dotted", "solid", "longDashed"])),
      ("timeColumn", .nullable(.text)), ("titleColumn", .nullable(.text)),
      ("width", .number("`width` must be greater or equal to 0")), ("value", .required(.any)),
    ], dropsUnknown: false)

  private static let queryObject = record(queryMembers, dropsUnknown: true)

  private static let forkedQuery = record(
    queryMembers + [("time_range_end_type", .nullable(.text))], dropsUnknown: true)

  private static let queryMembers: [(name: String, rule: FieldRule)] =
    [
      ("datasource", .nullable(datasource)), ("result_type", .nullable(resultType)),
      ("annotation_layers", .nullable(.list(annotationLayer))),
      ("applied_time_extras", .nullable(.dictionary)),
      ("apply_fetch_values_predicate", .nullable(.boolean)),
      ("filters", .nullable(.list(filter))), ("granularity", .nullable(.text)),
      ("granularity_sqla", .nullable(.text)), ("groupby", .nullable(.list(.any))),
      ("metrics", .nullable(.list(.any))), ("post_processing", .nullable(.list(.nullable(step)))),
      ("time_range", .nullable(.text)), ("time_shift", .nullable(.text)),
      ("is_timeseries", .nullable(.boolean)), ("series_columns", .nullable(.list(.any))),
      ("series_limit", .nullable(.integer)), ("series_limit_metric", .nullable(.any)),
      ("timeseries_limit", .nullable(.integer)), ("timeseries_limit_metric", .nullable(.any)),
      ("row_limit", .nullable(.count("`row_limit` must be greater than or equal to 0"))),
      ("row_offset", .nullable(.count("`row_offset` must be greater than or equal to 0"))),
      ("order_desc", .nullable(.boolean)), ("extras", .nullable(extras)),
      ("columns", .nullable(.list(.any))), ("orderby", .nullable(.list(.order))),
      ("where", .nullable(.text)), ("having", .nullable(.text)),
      ("url_params", .nullable(.mapping(keys: nil, hasTexts: true))),
      ("is_rowcount", .nullable(.boolean)), ("time_offsets", .nullable(.list(.text))),
    ]
}
