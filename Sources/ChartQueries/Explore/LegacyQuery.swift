// SPDX-License-Identifier: MIT
import JSONValues

/// What a legacy chart asks its dataset; every type of chart edits it before it is run.
struct LegacyQuery: Sendable {
  /// As Superset hashes it for the cache, so with its names and its nulls.
  var members: JSONObject
  /// The bounds are no part of the hash: the text that they come from is.
  private(set) var range: TimeRange
  /// The bounds that a shifted query was shifted from: its series are those of the chart itself.
  private var original: TimeRange?

  /// The moment of the request.
  let now: CivilTime

  /// - Parameter form: its filters have been settled.
  init(
    _ form: ExploreForm, isTimeseries: Bool, rules: ChartRules, now: CivilTime
  ) throws(ChartQueryError) {
    self.now = now
    range = try Self.range(form, now)
    var groups = (form["groupby"]?.arrayValue ?? []) + (form["columns"]?.arrayValue ?? [])
    let timestamp = groups.firstIndex { $0 == .string(QueryObject.timestampLabel) }
    if let timestamp { groups.remove(at: timestamp) }
    let limits = rules.limits
    let limit = try form.count("row_limit", limits.standard)
    members = [
      "granularity": form.value("granularity_sqla"),
      "is_timeseries": .bool(isTimeseries || timestamp != nil), "groupby": .array(groups),
      "metrics": .array(Array(try form.metrics.values)),
      "row_limit": .integer(min(limit, limits.maximum)), "filter": form["filters"] ?? [],
      "timeseries_limit": .integer(try form.count("limit")),
      "extras": [
        "having": form["having"] ?? "", "time_grain_sqla": form.value("time_grain_sqla"),
        "where": form["where"] ?? "",
      ],
      "timeseries_limit_metric": form.value("timeseries_limit_metric"),
      "order_desc": form.members["order_desc"] ?? true,
    ]
    if rules.isFork { members["time_range_end_type"] = form.value("time_range_end_type") }
  }

  /// A form without a range has an open past, and ends today.
  static func range(_ form: ExploreForm, _ now: CivilTime) throws(ChartQueryError) -> TimeRange {
    let range: TimeRange
    do {
      range = try TimeReader(now: now, extras: nil).range(form["time_range"]?.stringValue ?? "")
    } catch {
      switch error {
      case .timeRange(let reason): throw .chart(reason: reason)
      case .incorrect(let fault): throw .breaksOff(reason: fault.reason)
      default: throw error
      }
    }
    guard let shift = form.text("time_shift") else { return range }
    return try range.shifted(back: try LookBack(shift, now: now))
  }

  var isTimeseries: Bool { members["is_timeseries"] == true }

  var metrics: [JSONValue] { members["metrics"]?.arrayValue ?? [] }

  mutating func order(by term: JSONValue, ascending: Bool) {
    members["orderby"] = [[term, .bool(ascending)]]
  }

  /// Adds the form's metric to order by, where it is not among the others; nil where the form has none.
  mutating func addOrderMetric(of form: ExploreForm) throws(ChartQueryError) -> JSONValue? {
    guard let metric = form["timeseries_limit_metric"], metric.saysAnything else { return nil }
    try add(metric)
    return metric
  }

  mutating func add(_ metric: JSONValue) throws(ChartQueryError) {
    let label = try ExploreForm.label(ofMetric: metric)
    var labels: [String] = []
    for metric in metrics { labels.append(try ExploreForm.label(ofMetric: metric)) }
    if !labels.contains(label) { members["metrics"] = .array(metrics + [metric]) }
  }

  /// The same for another time.
  func shifted(back shift: LookBack) throws(ChartQueryError) -> LegacyQuery {
    guard range.from != nil, range.to != nil else {
      throw .chart(
        reason: "An enclosed time range (both start and end) must be specified"
          + " when using a Time Comparison.")
    }
    var query = self
    query.original = range
    query.range = try range.shifted(back: shift)
    query.members["time_compare"] = .string(shift.text)
    return query
  }

  /// The rows of the dataset itself, whatever the chart.
  func sampled(_ columns: [String], limit: Int) -> LegacyQuery {
    var query = self
    query.range = .open
    for (name, value) in [
      ("is_timeseries", false), ("groupby", []), ("metrics", []), ("orderby", []),
      ("row_limit", .integer(limit)), ("columns", .array(columns.map { .string($0) })),
    ] as [(String, JSONValue)] {
      query.members[name] = value
    }
    return query
  }

  /// The query as the builder of SQL takes it.
  func object() throws(ChartQueryError) -> QueryObject {
    let groups = members["groupby"]?.arrayValue ?? []
    let columns = groups.isEmpty ? members["columns"]?.arrayValue ?? [] : groups
    guard columns.allSatisfy({ !$0.isNull }) else { throw .breaksOff(reason: "Missing label") }
    let request: JSONObject = [
      // Groups are grouped, also where nothing is counted.
      "columns": .array(columns),
      "metrics": groups.isEmpty ? members["metrics"] ?? nil : .array(metrics),
      "filters": members["filter"] ?? [], "orderby": members["orderby"] ?? [],
      "granularity": members["granularity"] ?? nil, "extras": members["extras"] ?? [:],
      "is_timeseries": .bool(isTimeseries), "row_limit": .integer(rowLimit),
      "series_limit": isTimeseries ? members["timeseries_limit"] ?? 0 : 0,
      "series_limit_metric": members["timeseries_limit_metric"] ?? nil,
      "order_desc": .bool(members["order_desc"]?.saysAnything ?? true),
      "time_range": .string(range.text),
      "time_range_end_type": members["time_range_end_type"] ?? nil,
    ]
    var object = try QueryObject(.object(request), now: now, isLegacy: true).validated()
    object.seriesTimeRange = original
    return object
  }

  /// Where the form has none, 0: then all rows are asked for.
  private var rowLimit: Int {
    let limit = members["row_limit"] ?? .null
    return limit.integerValue ?? limit.stringValue.flatMap { Int($0) } ?? 0
  }

  /// Columns that the query names and its dataset does not have.
  func missingColumns(_ isKnown: (String) -> Bool) -> [String] {
    let columns = (members["columns"]?.arrayValue ?? []) + (members["groupby"]?.arrayValue ?? [])
    let names =
      columns.compactMap(\.stringValue)
      + metrics.filter { $0["expressionType"] == "SIMPLE" }
      .compactMap { $0["column"]?["column_name"]?.stringValue }
    return names.filter { !$0.isEmpty && !isKnown($0) }
  }
}
