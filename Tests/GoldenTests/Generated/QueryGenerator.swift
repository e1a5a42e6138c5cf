// SPDX-License-Identifier: MIT
import JSONValues

/// Makes query contexts over the recorded datasets: most of them good, some wrong in one place.
struct QueryGenerator {
  var random: RandomChoices
  var dataset = GeneratedDataset.births

  init(seed: UInt64) { random = RandomChoices(seed: seed) }

  mutating func context() -> JSONValue {
    dataset = random.one(of: GeneratedDataset.all)
    let queries = (0..<(random.isTrue(10) ? 2 : 1)).map { _ in query() }
    var context: JSONObject = [
      "datasource": ["id": .integer(random.isTrue(1) ? 99 : dataset.id), "type": "table"],
      "queries": .array(queries), "force": .bool(random.isTrue(50)),
    ]
    if random.isTrue(80) { context["result_format"] = random.isTrue(85) ? "json" : "csv" }
    if random.isTrue(90) { context["result_type"] = .string(resultType()) }
    if random.isTrue(20) {
      context["form_data"] = [
        "viz_type": .string(random.one(of: ["table", "pie", "line"])),
        "x_axis": .string(random.one(of: dataset.columns)),
      ]
    }
    let whole = JSONValue.object(context)
    return random.isTrue(7) ? Mutation.mutated(whole, &random) : whole
  }

  private mutating func resultType() -> String {
    random.isTrue(75)
      ? "full"
      : random.one(of: [
        "results", "query", "samples", "drill_detail", "columns", "timegrains", "post_processed",
      ])
  }

  private mutating func query() -> JSONValue {
    var query: JSONObject = [:]
    let columns = columns()
    if random.isTrue(92) { query[random.isTrue(92) ? "columns" : "groupby"] = .array(columns) }
    let hasMetrics = random.isTrue(85)
    let metrics = hasMetrics ? metrics() : []
    if hasMetrics { query["metrics"] = .array(metrics) }
    if random.isTrue(60) { query["filters"] = .array((0..<count(3)).map { _ in filter() }) }
    if random.isTrue(35) { query["extras"] = extras() }
    addTimes(to: &query)
    addSeries(columns, metrics, to: &query)
    addLimits(to: &query)
    if random.isTrue(35) {
      query["orderby"] = .array((0..<count(2)).map { _ in order(columns, metrics) })
    }
    if random.isTrue(30), !columns.isEmpty, !metrics.isEmpty {
      query["post_processing"] = .array(PostProcessingGenerator(columns, metrics).steps(&random))
    }
    if random.isTrue(3) { query["result_type"] = .string(resultType()) }
    if random.isTrue(2) { query["is_rowcount"] = true }
    if random.isTrue(4) {
      query["applied_time_extras"] = [
        "__time_range": "Last week", "__time_col": .string(random.one(of: dataset.columns)),
        "__time_grain": "P1D",
      ]
    }
    if random.isTrue(4) { query["annotation_layers"] = [layer()] }
    if random.isTrue(4) { query["url_params"] = ["a": "1"] }
    if random.isTrue(2) { query["apply_fetch_values_predicate"] = .bool(random.isTrue(50)) }
    return .object(query)
  }

  private mutating func count(_ most: Int) -> Int { Int.random(in: 0...most, using: &random) }

  private mutating func columns() -> [JSONValue] {
    var columns: [JSONValue] = random.some(of: dataset.columns, 0...3).map { .string($0) }
    if random.isTrue(25) {
      let time = random.one(of: dataset.times)
      columns.insert(
        [
          "columnType": "BASE_AXIS", "expressionType": "SQL", "sqlExpression": .string(time),
          "label": .string(time), "timeGrain": .string(grain()),
        ], at: 0)
    }
    if random.isTrue(15) { columns.append(customColumn()) }
    if random.isTrue(3) { columns.append("nope") }
    return columns
  }

  private mutating func customColumn() -> JSONValue {
    var column: JSONObject = [
      "label": .string(random.one(of: ["mine", "a, b", "Größe", "x\\, y"])),
      "sqlExpression": .string(random.one(of: dataset.expressions)),
    ]
    if random.isTrue(90) { column["expressionType"] = "SQL" }
    if random.isTrue(10) {
      column["columnType"] = "BASE_AXIS"
      column["timeGrain"] = .string(grain())
    }
    return .object(column)
  }

  private mutating func layer() -> JSONValue {
    [
      "name": "notes", "value": random.isTrue(80) ? 7 : 8, "show": true, "showMarkers": false,
      "annotationType": .string(random.one(of: ["FORMULA", "EVENT", "INTERVAL"])),
      "sourceType": .string(random.one(of: ["", "NATIVE"])),
    ]
  }

  private mutating func metrics() -> [JSONValue] {
    var metrics: [JSONValue] = random.some(of: dataset.metrics, 0...2).map { .string($0) }
    if random.isTrue(30) {
      let column = random.one(of: dataset.numbers)
      let aggregate = random.one(of: ["SUM", "AVG", "MIN", "MAX", "COUNT", "COUNT_DISTINCT"])
      var metric: JSONObject = [
        "expressionType": "SIMPLE", "column": ["column_name": .string(column)],
        "aggregate": .string(aggregate),
      ]
      if random.isTrue(85) { metric["label"] = .string("\(aggregate)(\(column))") }
      metrics.append(.object(metric))
    }
    if random.isTrue(20) {
      let sql = random.one(of: dataset.aggregates)
      var metric: JSONObject = ["expressionType": "SQL", "sqlExpression": .string(sql)]
      if random.isTrue(85) { metric["label"] = "custom" }
      metrics.append(.object(metric))
    }
    if random.isTrue(3) { metrics.append(["label": .string(random.one(of: dataset.metrics))]) }
    if random.isTrue(2) { metrics.append("nope") }
    return metrics
  }

  private mutating func filter() -> JSONValue {
    let operators = [
      "==", "!=", ">", "<", ">=", "<=", "LIKE", "NOT LIKE", "ILIKE", "IS NULL", "IS NOT NULL",
      "IN", "NOT IN", "IS TRUE", "IS FALSE", "TEMPORAL_RANGE",
    ]
    let sign = random.one(of: operators)
    var filter: JSONObject = [
      "op": .string(random.isTrue(95) ? sign : sign.lowercased()), "col": filteredColumn(sign),
    ]
    switch sign {
    case "IS NULL", "IS NOT NULL", "IS TRUE", "IS FALSE": break
    case "IN", "NOT IN": filter["val"] = .array(random.some(of: dataset.values, 0...3))
    case "TEMPORAL_RANGE": filter["val"] = .string(range())
    default: filter["val"] = random.one(of: dataset.values)
    }
    if random.isTrue(10) { filter["grain"] = .string(grain()) }
    if random.isTrue(5) { filter["isExtra"] = true }
    return .object(filter)
  }

  private mutating func filteredColumn(_ sign: String) -> JSONValue {
    if sign == "TEMPORAL_RANGE", random.isTrue(90) { return .string(random.one(of: dataset.times)) }
    // Superset does not render a virtual dataset before it asks for the type of a custom column.
    if random.isTrue(8), dataset.id != GeneratedDataset.virtual.id { return customColumn() }
    return .string(random.isTrue(97) ? random.one(of: dataset.columns) : "nope")
  }

  private mutating func extras() -> JSONValue {
    var extras: JSONObject = [:]
    if random.isTrue(50) { extras["where"] = .string(random.one(of: dataset.conditions)) }
    if random.isTrue(25) { extras["having"] = .string("COUNT(*) > \(count(20))") }
    if random.isTrue(50) { extras["time_grain_sqla"] = .string(grain()) }
    if random.isTrue(5) { extras["relative_start"] = "now" }
    return .object(extras)
  }

  private mutating func addTimes(to query: inout JSONObject) {
    if random.isTrue(40) {
      query[random.isTrue(90) ? "granularity" : "granularity_sqla"] = .string(
        random.one(of: dataset.times))
    }
    if random.isTrue(35) { query["time_range"] = .string(range()) }
    if random.isTrue(25) { query["is_timeseries"] = .bool(random.isTrue(70)) }
    if random.isTrue(8) {
      query["time_offsets"] = .array(
        random.some(of: ["1 year ago", "28 days ago", "1 week"], 1...2))
    }
    if random.isTrue(3) { query["time_shift"] = .string(random.one(of: ["1 year", "1 week"])) }
  }

  private mutating func addSeries(
    _ columns: [JSONValue], _ metrics: [JSONValue], to query: inout JSONObject
  ) {
    guard random.isTrue(20), !columns.isEmpty else { return }
    if random.isTrue(70) { query["series_columns"] = .array(random.some(of: columns, 0...2)) }
    query["series_limit"] = .integer(count(4))
    if !metrics.isEmpty, random.isTrue(60) {
      query["series_limit_metric"] = random.one(of: metrics)
    }
  }

  private mutating func addLimits(to query: inout JSONObject) {
    query["row_limit"] = .integer(random.one(of: [1, 3, 10, 50]))
    if random.isTrue(10) { query["row_offset"] = .integer(count(5)) }
    if random.isTrue(20) { query["order_desc"] = .bool(random.isTrue(50)) }
  }

  private mutating func order(_ columns: [JSONValue], _ metrics: [JSONValue]) -> JSONValue {
    let term: JSONValue =
      switch count(9) {
      case 0...4 where !metrics.isEmpty: random.one(of: metrics)
      case 5...7 where !columns.isEmpty: random.one(of: columns)
      case 8: random.isTrue(60) ? .string(random.one(of: dataset.metrics)) : orderMetric()
      default: .string(random.isTrue(95) ? random.one(of: dataset.columns) : "nope")
      }
    return [term, .bool(random.isTrue(50))]
  }

  private mutating func orderMetric() -> JSONValue {
    [
      "expressionType": "SQL", "sqlExpression": .string(random.one(of: dataset.aggregates)),
      "label": .string(random.one(of: ["custom", "count", "other"])),
    ]
  }

  private mutating func grain() -> String {
    random.one(of: [
      "PT1S", "PT1M", "PT15M", "PT1H", "PT6H", "P1D", "P1W", "P1M", "P3M", "P1Y",
      "1969-12-28T00:00:00Z/P1W", "P1W/1970-01-03T00:00:00Z",
    ])
  }

  /// Of absolute times: what was recorded yesterday has to hold tomorrow.
  private mutating func range() -> String {
    random.one(of: [
      "No filter", "1990-01-01 : 2005-06-01", "2000-01-01 : ", " : 2003-03-03T12:00:00",
      "2023-01-01 : 2024-01-01", "2023-03-01 : 2023-04-01 12:30:00",
      "DATEADD(DATETIME(\"2024-01-01\"), -1, month) : 2024-01-01", "2005-01-01 : 2004-01-01",
    ])
  }
}
