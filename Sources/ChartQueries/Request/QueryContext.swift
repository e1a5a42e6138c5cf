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
  /// The chart as whose answer the rows are to be worked up; nil where they stay as they are.
  let chart: ProcessedChart?
  /// The members that the context's cache key is made of.
  let identity: JSONObject

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
    let cleaned = try FieldRule.queryContext.cleaned(context)
    let given = (cleaned["queries"]?.arrayValue ?? []).map(QueryObject.spreadingTimeRange)
    datasetID = cleaned["datasource"]?["id"]?.integerValue ?? 0
    var queries: [QueryObject] = []
    let type = ResultType(cleaned["result_type"])
    for query in given { queries.append(try QueryObject(query, now: now, within: type)) }
    self.queries = queries
    firstQuery = tellsTemplates ? context["queries"]?.arrayValue?.first ?? .null : .null
    format = ResultFormat(cleaned["result_format"])
    isForced = cleaned["force"]?.boolValue ?? false
    customCacheTimeout = cleaned["custom_cache_timeout"]?.integerValue
    let formData = isModern ? cleaned["form_data"] : request
    chartID = formData?["slice_id"]?.integerValue
    chart = type == .postProcessed ? (form ?? formData).flatMap(ProcessedChart.init) : nil
    if isModern, formData?["x_axis"]?.saysAnything == true,
      queries.contains(where: { $0.granularity != nil })
    {
      throw .unsupported("a granularity in the place of the x-axis")
    }
    var identity: JSONObject = [
      "datasource": cleaned["datasource"] ?? .null, "queries": .array(given),
      "result_type": filled(cleaned["result_type"], "full"),
      "result_format": filled(cleaned["result_format"], "json"),
    ]
    // Ours alone: Superset's cache holds the question, ours the answer, and two charts may ask the same rows.
    if let chart { identity["form_data"] = chart.form }
    self.identity = identity
  }

  /// Asks nothing: for requests that make their queries once the dataset is known.
  ///
  /// - Parameter query: what templates may ask for.
  init(ofDataset id: Int, as format: ResultFormat, asking query: JSONValue) {
    datasetID = id
    queries = []
    firstQuery = query
    self.format = format
    isForced = false
    customCacheTimeout = nil
    chartID = nil
    chart = nil
    identity = [:]
  }

  /// - Throws: an error for what other answers than whole JSON documents would need.
  func refuseWhatIsMissing() throws(ChartQueryError) {
    let type = identity["datasource"]?["type"]?.stringValue ?? "table"
    guard type == "table" else { throw .unsupported("the datasource type '\(type)'") }
  }
}

/// Superset takes its default for null as for nothing.
private func filled(_ value: JSONValue?, _ standard: JSONValue) -> JSONValue {
  value.map { $0.isNull ? standard : $0 } ?? standard
}
