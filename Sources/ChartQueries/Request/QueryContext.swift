// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// A checked request for the data of a chart.
package struct QueryContext: Sendable {
  package let datasetID: Int
  package private(set) var queries: [QueryObject]
  package let format: ResultFormat
  /// Compute, whatever the cache holds.
  package let isForced: Bool
  /// Seconds; overrides every other cache timeout.
  package let customCacheTimeout: Int?
  /// The saved chart this came from, if any.
  package let chartID: Int?
  /// The first query as it was posted, which templates ask.
  let firstQuery: JSONValue
  /// The form of the chart whose data this is, as far as it is known.
  let form: JSONValue
  /// The four members that the context's cache key is made of.
  private(set) var identity: JSONObject
  /// The queries as they came.
  private let given: [JSONObject]
  private let now: CivilTime
  /// `x_axis` of the form.
  private let axis: JSONValue?

  /// Checks a query context, or what the browser would make of an older form_data.
  ///
  /// - Parameters:
  ///   - form: of the chart, where it is another than the context brings along.
  ///   - tellsTemplates: false for a context that nobody has posted: what stands in it is then hidden from templates.
  package init(
    _ request: JSONValue, form: JSONValue? = nil, tellsTemplates: Bool = true, now: CivilTime
  ) throws(ChartQueryError) {
    let isModern = request["queries"] != nil || request["form_data"] != nil
    let context = try isModern ? request : FormData(request).queryContext()
    let cleaned = try Self.cleaned(context)
    given = (cleaned["queries"]?.arrayValue ?? []).compactMap(\.objectValue)
    self.now = now
    datasetID = cleaned["datasource"]?["id"]?.integerValue ?? 0
    queries = []
    firstQuery = tellsTemplates ? context["queries"]?.arrayValue?.first ?? .null : .null
    format = ResultFormat(cleaned["result_format"])
    isForced = cleaned["force"]?.boolValue ?? false
    customCacheTimeout = cleaned["custom_cache_timeout"]?.integerValue
    let formData = isModern ? cleaned["form_data"] : request
    chartID = formData?["slice_id"]?.integerValue
    self.form = form ?? formData ?? .null
    axis = isModern ? formData?["x_axis"] : nil
    identity = [
      "datasource": cleaned["datasource"] ?? .null,
      "result_type": filled(cleaned["result_type"], "full"),
      "result_format": filled(cleaned["result_format"], "json"),
    ]
    try settle(temporalColumns: [])
  }

  /// With a granularity in the place of an x-axis that is one of the dataset's times.
  func settled(in dataset: Dataset) throws(ChartQueryError) -> QueryContext {
    guard axis?.saysAnything == true, queries.contains(where: { $0.granularity != nil }) else {
      return self
    }
    var context = self
    try context.settle(
      temporalColumns: Set(dataset.columns.filter(\.isTemporal).map(\.name)))
    return context
  }

  private mutating func settle(temporalColumns: Set<String>) throws(ChartQueryError) {
    let type = ResultType(identity["result_type"])
    queries = []
    for query in given {
      queries.append(
        try QueryObject(
          .object(query), now: now, within: type, axis: axis, temporalColumns: temporalColumns))
    }
    identity["queries"] = .array(
      given.map {
        .object(SettledQuery($0, axis: axis, temporalColumns: temporalColumns).shared)
      })
  }

  private static func cleaned(_ context: JSONValue) throws(ChartQueryError) -> JSONValue {
    let cleaned: JSONValue
    do { cleaned = try FieldRule.queryContext.cleaned(context) } catch { throw .incorrect(error) }
    let absent = ["datasource", "queries"].filter { cleaned[$0] == nil }
    guard absent.isEmpty else {
      let names = absent.map(PythonText.quoted).joined(separator: " and ")
      let plural = absent.count > 1 ? "s" : ""
      throw .breaksOff(
        reason: "QueryContextFactory.create() missing \(absent.count) required"
          + " keyword-only argument\(plural): \(names)")
    }
    guard cleaned["datasource"]?["type"] != nil else { throw .incorrect(.keyError) }
    if let form = cleaned["form_data"], form.saysAnything, form.objectValue == nil {
      throw .breaksOff(
        reason: "'\(PythonText.typeName(of: form))' object has no attribute 'get'")
    }
    return cleaned
  }

  /// Asks nothing: for requests that make their queries once the dataset is known.
  ///
  /// - Parameter query: what templates may ask for.
  init(ofDataset id: Int, as format: ResultFormat, asking query: JSONValue) {
    datasetID = id
    queries = []
    given = []
    axis = nil
    now = CivilTime(microseconds: 0)
    firstQuery = query
    self.format = format
    isForced = false
    customCacheTimeout = nil
    chartID = nil
    form = .null
    identity = [:]
  }

  /// The charts whose answers Superset works up as their forms ask; all others' are as they come from the database.
  private static let processedTypes: Set = ["pivot_table", "pivot_table_v2", "table"]

  /// - Throws: an error for what other answers than whole JSON documents would need.
  func refuseWhatIsMissing() throws(ChartQueryError) {
    let type = identity["datasource"]?["type"]?.stringValue ?? "table"
    guard type == "table" else { throw .unsupported("the datasource type '\(type)'") }
    let isProcessed = queries.contains { $0.resultType == .postProcessed }
    if isProcessed, let type = form["viz_type"]?.stringValue, Self.processedTypes.contains(type) {
      throw .unsupported("result_type 'post_processed' of viz_type '\(type)'")
    }
  }
}

/// Superset takes its default for null as for nothing.
private func filled(_ value: JSONValue?, _ standard: JSONValue) -> JSONValue {
  value.map { $0.isNull ? standard : $0 } ?? standard
}
