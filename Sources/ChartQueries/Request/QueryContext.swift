// SPDX-License-Identifier: MIT
import JSONValues

/// A checked request for the data of a chart.
package struct QueryContext: Sendable {
  package let datasetID: Int
  package let queries: [QueryObject]
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
  let identity: JSONObject

  /// Checks a query context, or what the browser would make of an older form_data.
  ///
  /// - Parameter form: of the chart, where it is another than the context brings along.
  package init(
    _ request: JSONValue, form: JSONValue? = nil, now: CivilTime
  ) throws(ChartQueryError) {
    let isModern = request["queries"] != nil || request["form_data"] != nil
    let context = try isModern ? request : FormData(request).queryContext()
    let cleaned = try FieldRule.queryContext.cleaned(context)
    let given = (cleaned["queries"]?.arrayValue ?? []).map(QueryObject.spreadingTimeRange)
    datasetID = cleaned["datasource"]?["id"]?.integerValue ?? 0
    var queries: [QueryObject] = []
    let type = ResultType(cleaned["result_type"])
    for query in given { queries.append(try QueryObject(query, now: now, within: type)) }
    self.queries = queries
    firstQuery = context["queries"]?.arrayValue?.first ?? .null
    format = ResultFormat(cleaned["result_format"])
    isForced = cleaned["force"]?.boolValue ?? false
    customCacheTimeout = cleaned["custom_cache_timeout"]?.integerValue
    let formData = isModern ? cleaned["form_data"] : request
    chartID = formData?["slice_id"]?.integerValue
    self.form = form ?? formData ?? .null
    if isModern, formData?["x_axis"]?.saysAnything == true,
      queries.contains(where: { $0.granularity != nil })
    {
      throw .unsupported("a granularity in the place of the x-axis")
    }
    identity = [
      "datasource": cleaned["datasource"] ?? .null, "queries": .array(given),
      "result_type": filled(cleaned["result_type"], "full"),
      "result_format": filled(cleaned["result_format"], "json"),
    ]
  }

  /// Asks nothing: for requests that make their queries once the dataset is known.
  ///
  /// - Parameter query: what templates may ask for.
  init(ofDataset id: Int, asking query: JSONValue) {
    datasetID = id
    queries = []
    firstQuery = query
    format = .json
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
