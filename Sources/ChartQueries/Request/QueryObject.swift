// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import SupersetMetadata

/// One query of a context, typed; deprecated names have become the new ones.
package struct QueryObject: Sendable {
  package private(set) var columns: [ChartColumn]
  /// Nil lists raw rows; empty groups by the columns all the same.
  package private(set) var metrics: [ChartMetric]?
  package private(set) var filters: [QueryFilter]
  package private(set) var order: [Order]
  private(set) var granularity: String?
  let timeGrain: String?
  private(set) var timeRange: TimeRange
  /// Where the series are chosen by, if not by the time range.
  var seriesTimeRange: TimeRange?
  /// Whether ranges of times reach to their end and include it.
  let includesRangeEnd: Bool
  /// With which times the rows are compared.
  private(set) var timeOffsets: [String]
  let times: TimeReader
  private(set) var whereClause: String?
  private(set) var havingClause: String?
  private(set) var isTimeseries: Bool
  /// What the query asks for; nil and 0 mean the configured default.
  private(set) var rowLimit: Int?
  private(set) var rowOffset: Int
  let appliesFetchValuesPredicate: Bool
  /// Whether only the number of rows is asked for.
  let isRowCount: Bool
  /// How many series a chart shows; 0 shows all.
  let seriesLimit: Int
  let seriesLimitMetric: ChartMetric?
  /// Labels of the columns whose values make a series.
  let seriesLabels: Set<String>
  let isSeriesOrderDescending: Bool
  let resultType: ResultType
  /// Notes that are drawn over the chart, but for those that the browser computes.
  let annotationLayers: [AnnotationLayer]
  /// What is to be done with the result, one after the other.
  private(set) var postProcessing: [JSONValue]
  /// Made by the server for a chart of the old kind: a limit of 0 is none here, and not the default.
  let isLegacy: Bool
  /// The members as they came, for the cache key.
  private(set) var members: JSONObject

  package struct Order: Hashable, Sendable {
    let by: OrderTerm
    let isAscending: Bool
  }

  enum OrderTerm: Hashable, Sendable {
    case name(String)
    case metric(ChartMetric)
    /// Neither, as Python prints it.
    case unknown(String)
  }

  /// The name under which Superset selects the time of a time series.
  static let timestampLabel = "__timestamp"

  /// - Parameters:
  ///   - parent: what the context is asked for, where the query does not say.
  ///   - axis: `x_axis` of the form, whose place a granularity takes.
  ///   - temporalColumns: of the dataset, if the axis may be one of them.
  init(
    _ value: JSONValue, now: CivilTime, within parent: ResultType = .full, isLegacy: Bool = false,
    axis: JSONValue? = nil, temporalColumns: Set<String> = []
  ) throws(ChartQueryError) {
    let given = value.objectValue ?? [:]
    var members =
      isLegacy
      ? Self.renamed(given)
      : SettledQuery(given, axis: axis, temporalColumns: temporalColumns).asked
    try Self.refuseDatasource(members)
    includesRangeEnd = members["time_range_end_type"] == "included"
    annotationLayers = try Self.each(members["annotation_layers"], AnnotationLayer.init)
      .compactMap { $0 }
    columns = try Self.each(members["columns"], ChartColumn.init)
    metrics =
      members["metrics"]?.arrayValue == nil
      ? nil : try Self.each(members["metrics"], ChartMetric.init)
    times = TimeReader(now: now, extras: members["extras"], shift: try Self.shift(members))
    timeRange = try Self.timeRange(given, times)
    self.isLegacy = isLegacy
    filters = try Self.each(members["filters"], QueryFilter.init).compactMap { $0 }
    order = try Self.each(members["orderby"], Self.order)
    granularity = members["granularity"]?.filledText
    let extras = members["extras"]
    timeGrain = extras?["time_grain_sqla"]?.filledText
    whereClause = extras?["where"]?.filledText
    havingClause = extras?["having"]?.filledText
    // Superset looks before it knows the columns by their newer name.
    let listed = given["columns"] ?? .null
    let saysTimeseries = members["is_timeseries"]?.boolValue
    isTimeseries =
      saysTimeseries ?? (listed.arrayValue ?? []).contains(.string(Self.timestampLabel))
    rowLimit = members["row_limit"]?.integerValue
    rowOffset = members["row_offset"]?.integerValue ?? 0
    isRowCount = members["is_rowcount"]?.boolValue ?? false
    appliesFetchValuesPredicate = members["apply_fetch_values_predicate"]?.boolValue ?? false
    seriesLimit = members["series_limit"]?.integerValue ?? 0
    let metric = members["series_limit_metric"] ?? .null
    seriesLimitMetric = metric.saysAnything ? try .ordering(metric) : nil
    if !isLegacy, members["series_columns"]?.saysAnything != true {
      let isGiven = saysTimeseries == true && given["metrics"]?.saysAnything == true
      members["series_columns"] = isGiven && !listed.isNull ? listed : []
    }
    let series = (members["series_columns"]?.arrayValue ?? [])
      .compactMap { try? ChartColumn($0).label }
    seriesLabels = Set(series.isEmpty && isTimeseries ? columns.map(\.label) : series)
    isSeriesOrderDescending = members["order_desc"]?.boolValue ?? true
    timeOffsets = (members["time_offsets"]?.arrayValue ?? []).compactMap(\.stringValue)
    postProcessing = Self.steps(members)
    resultType = ResultType(members["result_type"], within: parent)
    self.members = members
  }

  /// The query for rows as they stand in the dataset, each with all its columns.
  func sampled(_ dataset: Dataset, withinTimeRange isRanged: Bool) -> QueryObject {
    var query = self
    query.columns = dataset.columns.map { .named($0.name) }
    query.metrics = nil
    query.order = []
    query.isTimeseries = false
    if !isRanged { query.timeRange = .open }
    query.members["columns"] = .array(dataset.columns.map { .string($0.name) })
    query.members["metrics"] = nil
    query.members["orderby"] = nil
    query.postProcessing = []
    return query
  }

  /// The same query at another time, as it is asked for a comparison.
  func moved(
    to range: TimeRange, seriesWithin series: TimeRange, granularity: String?,
    filters: [QueryFilter], rowLimit: Int
  ) -> QueryObject {
    var query = self
    query.timeRange = range
    query.seriesTimeRange = series
    query.granularity = granularity
    query.filters = filters
    query.rowLimit = rowLimit
    query.rowOffset = 0
    query.timeOffsets = []
    query.postProcessing = []
    return query
  }

  /// The query after what Superset asks of it once all queries are read, before it asks who may see the dataset.
  func validated() throws(ChartQueryError) -> QueryObject {
    if !isLegacy {
      try refuseUnknownSeries()
      try refuseDuplicateLabels()
    }
    var query = self
    query.whereClause = try SQLFragment.checkedClause(whereClause, in: .sqlite)
    query.havingClause = try SQLFragment.checkedClause(havingClause, in: .sqlite)
    for (name, clause) in [("where", query.whereClause), ("having", query.havingClause)] {
      guard let clause, var extras = members["extras"]?.objectValue else { continue }
      extras[name] = .string(clause)
      query.members["extras"] = .object(extras)
    }
    return query
  }

  private func refuseUnknownSeries() throws(ChartQueryError) {
    let columns = Set(members["columns"]?.arrayValue ?? [])
    let unknown = (members["series_columns"]?.arrayValue ?? []).filter { !columns.contains($0) }
    guard unknown.isEmpty else { throw .unknownSeries(unknown.map(PythonText.plain)) }
  }

  private func refuseDuplicateLabels() throws(ChartQueryError) {
    let labels = (metrics ?? []).map(\.label) + columns.map(\.label)
    var counts: [String: Int] = [:]
    for label in labels { counts[label, default: 0] += 1 }
    var seen: Set<String> = []
    let twice = labels.filter { counts[$0] != 1 && seen.insert($0).inserted }
    guard twice.isEmpty else { throw .duplicateLabels(twice) }
  }

  private static func order(_ value: JSONValue) throws(ChartQueryError) -> Order {
    let term = value.arrayValue?.first ?? .null
    let isAscending = value.arrayValue?.last?.boolValue ?? true
    if let name = term.stringValue { return Order(by: .name(name), isAscending: isAscending) }
    guard ChartMetric.isCustom(term) else {
      return Order(by: .unknown(PythonText.printed(term)), isAscending: isAscending)
    }
    return Order(by: .metric(try ChartMetric(term)), isAscending: isAscending)
  }

  private static func each<Element>(
    _ list: JSONValue?, _ make: (JSONValue) throws(ChartQueryError) -> Element
  ) throws(ChartQueryError) -> [Element] {
    var elements: [Element] = []
    for value in list?.arrayValue ?? [] { elements.append(try make(value)) }
    return elements
  }

  /// The range given, else that of the filter on the x-axis, else that of the first time filter.
  private static func timeRange(
    _ members: JSONObject, _ times: TimeReader
  ) throws(ChartQueryError) -> TimeRange {
    if let text = members["time_range"]?.stringValue { return try times.range(text) }
    let ranges = temporalFilters(members).filter { $0["val"]?.stringValue != nil }
    let axis = members["columns"]?.arrayValue?.first { $0["columnType"] == "BASE_AXIS" }
    let chosen = ranges.first { $0["col"] == axis?["label"] } ?? ranges.first
    return try times.range(chosen?["val"]?.stringValue ?? TimeRange.noFilter)
  }
}

extension JSONValue {
  /// Nil for an empty text, which Superset takes for none.
  var filledText: String? { stringValue.flatMap { $0.isEmpty ? nil : $0 } }
}
