// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import SupersetMetadata

/// A checked request for the data of a chart.
package struct QueryContext: Sendable {
  package let datasetID: Int
  package let format: ResultFormat
  /// Compute, whatever the cache holds.
  package let isForced: Bool
  /// Seconds; overrides every other cache timeout.
  package let customCacheTimeout: Int?
  /// The saved chart this came from, if any.
  package let chartID: Int?
  /// The first query as it was posted, which templates ask.
  let firstQuery: JSONValue
  /// As it was posted, of the chart whose data this is.
  let formData: JSONValue
  /// Whether columns and metrics are called by their Russian names; in what is shown to people alone.
  let isRussian: Bool
  /// The chart as whose answer the rows are to be worked up; nil where they stay as they are.
  let chart: ProcessedChart?
  /// What the context's cache key is made of, besides the queries.
  private let identity: JSONObject
  /// The queries as they came.
  private let given: [JSONObject]
  private let now: CivilTime
  /// `x_axis` of the form.
  private let axis: JSONValue?

  /// Checks a query context, or what the browser would make of an older form_data.
  ///
  /// - Parameters:
  ///   - form: of the chart, where it is another than the context brings along.
  ///   - isFork: whether DODO's fork of Superset is meant.
  ///   - tellsTemplates: false for a context that nobody has posted: what stands in it is then hidden from templates.
  package init(
    _ request: JSONValue, form: JSONValue? = nil, tellsTemplates: Bool = true,
    isFork: Bool = false, now: CivilTime
  ) throws(ChartQueryError) {
    let isModern =
      request["datasource"]?.stringValue == nil || request["queries"] != nil
      || request["form_data"] != nil
    let context = try isModern ? request : FormData(request).queryContext()
    let cleaned = try Self.cleaned(context, isFork)
    given = (cleaned["queries"]?.arrayValue ?? []).compactMap(\.objectValue)
    self.now = now
    datasetID = cleaned["datasource"]?["id"]?.integerValue ?? 0
    firstQuery = tellsTemplates ? context["queries"]?.arrayValue?.first ?? .null : .null
    format = ResultFormat(cleaned["result_format"])
    isForced = cleaned["force"]?.boolValue ?? false
    customCacheTimeout = cleaned["custom_cache_timeout"]?.integerValue
    let formData = isModern ? cleaned["form_data"] : request
    self.formData = formData ?? .null
    chartID = formData?["slice_id"]?.number
    axis = isModern ? formData?["x_axis"] : nil
    let isProcessed = ResultType(cleaned["result_type"]) == .postProcessed
    chart = isProcessed ? (form ?? formData).flatMap(ProcessedChart.init) : nil
    var identity: JSONObject = [
      "datasource": cleaned["datasource"] ?? .null,
      "result_type": filled(cleaned["result_type"], "full"),
      "result_format": filled(cleaned["result_format"], "json"),
    ]
    // Ours alone: Superset's cache holds the question, ours the answer, and two charts may ask the same rows.
    if let chart { identity["form_data"] = chart.form }
    isRussian = cleaned["language"] == "ru" && (format != .json || chart != nil)
    if isRussian { identity["language"] = "ru" }
    self.identity = identity
  }

  /// - Parameter temporalColumns: those of the dataset: a granularity takes the place of an x-axis that is one of them.
  func queries(temporalColumns: Set<String>) throws(ChartQueryError) -> [QueryObject] {
    let type = ResultType(identity["result_type"])
    var queries: [QueryObject] = []
    for query in given {
      queries.append(
        try QueryObject(
          .object(query), now: now, within: type, axis: axis, temporalColumns: temporalColumns))
    }
    return queries
  }

  /// The four members that the context's cache key is made of.
  func members(temporalColumns: Set<String>) -> JSONObject {
    var members = identity
    members["queries"] = .array(
      given.map {
        .object(SettledQuery($0, axis: axis, temporalColumns: temporalColumns).keyed)
      })
    return members
  }

  private static func cleaned(
    _ context: JSONValue, _ isFork: Bool
  ) throws(ChartQueryError) -> JSONValue {
    let cleaned: JSONValue
    let rule = isFork ? FieldRule.forkedContext : .queryContext
    do { cleaned = try rule.cleaned(context) } catch { throw .incorrect(error) }
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
  /// - Parameters:
  ///   - query: what templates may ask for.
  ///   - form: of the chart.
  init(
    ofDataset id: Int, as format: ResultFormat, asking query: JSONValue, of form: JSONValue
  ) {
    datasetID = id
    given = []
    axis = nil
    now = CivilTime(microseconds: 0)
    firstQuery = query
    self.format = format
    isForced = false
    customCacheTimeout = nil
    chartID = nil
    isRussian = false
    formData = form
    chart = nil
    identity = [:]
  }

  /// - Throws: an error for data that come from something else than a dataset.
  func refuseWhatIsMissing() throws(ChartQueryError) {
    let type = identity["datasource"]?["type"]?.stringValue ?? "table"
    guard type == "table" else { throw .unsupported("the datasource type '\(type)'") }
  }
}

/// Superset takes its default for null as for nothing.
private func filled(_ value: JSONValue?, _ standard: JSONValue) -> JSONValue {
  value.map { $0.isNull ? standard : $0 } ?? standard
}
