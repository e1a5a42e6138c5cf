// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import SupersetMetadata

/// The names under which Superset caches a query's data and a whole context.
package struct CacheIdentity {
  private let dataset: Dataset
  private let rowFilters: [RowFilter]
  private let limits: RowLimits
  /// Whether keys are those of DODO's fork.
  private let isFork: Bool

  package init(
    _ dataset: Dataset, rowFilters: [RowFilter], limits: RowLimits, isFork: Bool = false
  ) {
    self.isFork = isFork
    self.dataset = dataset
    self.rowFilters = rowFilters
    self.limits = limits
  }

  /// `qc-…`, the last part of a result's URL.
  ///
  /// - Parameter extras: what templates have used of the user and the request.
  /// - Important: where row-level security applies, its clauses are hashed too, and so is what templates have used, which
  ///   Superset does not do: its cache holds only the question there, ours the answer, and two users' rows must not meet.
  package func contextKey(of members: JSONObject, extras: [JSONValue] = []) -> String {
    "qc-" + MD5.hexadecimal(PythonText.json(.object(answering(members, extras))))
  }

  private func answering(_ members: JSONObject, _ extras: [JSONValue]) -> JSONObject {
    var document = members
    if !rowFilters.isEmpty { document["rls"] = .array(rowFilters.map(Self.whole)) }
    if !extras.isEmpty { document["extra_cache_keys"] = .array(extras) }
    return document
  }

  /// Told from every other, where Superset puts a clause and its group into one text.
  private static func whole(_ filter: RowFilter) -> JSONValue {
    [
      .string(filter.clause), filter.groupKey.map { .string($0) } ?? nil, .bool(filter.isGuests),
    ]
  }

  /// `cache_key` of one query in an answer; byte for byte the text that Superset hashes.
  ///
  /// - Parameter extras: what templates have used of the user and the request.
  package func queryKey(of query: QueryObject, extras: [JSONValue] = []) -> String {
    var document = document(of: query)
    document["extra_cache_keys"] = .array(extras)
    return MD5.hexadecimal(PythonText.json(.object(document)))
  }

  /// `cache_key` of a legacy chart: of what the chart asks, not of what it makes of the answer.
  ///
  /// - Parameter extras: what templates have used of the user and the request.
  func legacyKey(
    of query: LegacyQuery, _ form: ExploreForm, extras: [JSONValue]
  ) -> String {
    var document = query.members
    document["time_range"] = form.value("time_range")
    document["datasource"] = .string("\(dataset.id)__table")
    document["extra_cache_keys"] = .array(extras)
    document["rls"] = clauses
    document["changed_on"] = changedOn
    return MD5.hexadecimal(PythonText.json(.object(document)))
  }

  /// `ejr-…`, the last part of the URL of a legacy chart's result; what tells users apart counts as above.
  func exploreKey(of request: JSONObject, extras: [JSONValue]) -> String {
    "ejr-" + MD5.hexadecimal(PythonText.json(.object(answering(request, extras))))
  }

  private func document(of query: QueryObject) -> JSONObject {
    let given = query.members
    func member(_ name: String, _ standard: JSONValue) -> JSONValue {
      given[name].map { $0.isNull ? standard : $0 } ?? standard
    }
    var document: JSONObject = [
      "columns": member("columns", []), "extras": member("extras", [:]),
      "filter": member("filters", []), "granularity": member("granularity", nil),
      "inner_from_dttm": nil, "inner_to_dttm": nil, "is_rowcount": .bool(query.isRowCount),
      "is_timeseries": .bool(query.isTimeseries), "metrics": metrics(given["metrics"]),
      "order_desc": member("order_desc", true), "orderby": member("orderby", []),
      "row_limit": .integer(limits.limit(of: query)), "row_offset": .integer(query.rowOffset),
      "series_columns": member("series_columns", []), "series_limit": member("series_limit", 0),
      "series_limit_metric": member("series_limit_metric", nil),
      "time_shift": member("time_shift", nil),
      "datasource": .string("\(dataset.id)__table"), "rls": clauses,
      "changed_on": changedOn, "result_type": .string(query.resultType.rawValue),
    ]
    if isFork { document["time_range_end_type"] = member("time_range_end_type", nil) }
    if query.appliesFetchValuesPredicate { document["apply_fetch_values_predicate"] = true }
    if let range = given["time_range"]?.filledText { document["time_range"] = .string(range) }
    if let offsets = given["time_offsets"], offsets.saysAnything {
      document["time_offsets"] = offsets
    }
    if !query.annotationLayers.isEmpty {
      document["annotation_layers"] = .array(query.annotationLayers.map(\.identity))
    }
    if !query.postProcessing.isEmpty { document["post_processing"] = steps(of: query) }
    return document
  }

  /// Totals that a browser puts in for itself do not count.
  private func steps(of query: QueryObject) -> JSONValue {
    .array(
      query.postProcessing.map { step in
        guard step["operation"] == "contribution", var members = step.objectValue,
          var options = step["options"]?.objectValue
        else { return step }
        options["contribution_totals"] = nil
        members["options"] = .object(options)
        return .object(members)
      })
  }

  private var clauses: JSONValue {
    .array(
      rowFilters.map { filter in
        .string(filter.isGuests ? filter.clause : "\(filter.clause)-\(filter.groupKey ?? "")")
      })
  }

  private var changedOn: JSONValue {
    dataset.changedOn.flatMap { CivilTime($0) }.map { .double($0.epochMilliseconds) } ?? .null
  }

  /// Legacy metrics `{label}` count by their label.
  private func metrics(_ given: JSONValue?) -> JSONValue {
    guard let metrics = given?.arrayValue else { return .null }
    return .array(
      metrics.map { metric in
        metric.objectValue == nil || metric["expressionType"] != nil
          ? metric : metric["label"] ?? metric
      })
  }
}
