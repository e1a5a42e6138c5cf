// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// The form of a legacy chart, as `explore_json` takes it; Superset writes into it while it answers, and shows it.
struct ExploreForm: Sendable {
  private(set) var members: JSONObject

  /// Scripts of a browser; without a feature flag Superset drops them.
  private static let rejected = ["js_tooltip", "js_onclick_href", "js_data_mutator"]

  /// Where a form has no more than these, the saved chart fills it up.
  private static let partial: Set<String> = [
    "slice_id", "extra_filters", "adhoc_filters", "viz_type",
  ]

  /// - Parameter saved: the form that a saved chart has, by the chart's id; nil where there is none.
  init(
    _ request: JSONValue, saved: (Int) throws(ChartQueryError) -> JSONObject?
  ) throws(ChartQueryError) {
    var form = (request.objectValue ?? [:]).filter { !Self.rejected.contains($0.key) }
    let chart = form["slice_id"]?.integerValue ?? form["slice_id"]?.stringValue.flatMap { Int($0) }
    if let chart, form.keys.allSatisfy(Self.partial.contains), let known = try saved(chart) {
      form = known.merging(form) { $1 }
    }
    members = form
    takeOverTimeRange()
  }

  /// The value of a member; nil where there is none, or null.
  subscript(name: String) -> JSONValue? {
    get {
      guard let value = members[name], !value.isNull else { return nil }
      return value
    }
    set { members[name] = newValue }
  }

  /// The same with null for what is not there.
  func value(_ name: String) -> JSONValue { members[name] ?? .null }

  /// Null is a value here.
  func has(_ name: String) -> Bool { members[name] != nil }

  mutating func remove(_ name: String) -> JSONValue? { members.removeValue(forKey: name) }

  func saysAnything(_ name: String) -> Bool { self[name]?.saysAnything ?? false }

  func text(_ name: String) -> String? { self[name]?.filledText }

  /// - Throws: what Python says of a key that a dictionary does not have.
  func required(_ name: String) throws(ChartQueryError) -> JSONValue {
    guard let value = members[name] else { throw .breaksOff(reason: PythonText.quoted(name)) }
    return value
  }

  /// A whole number, also where it is written as text; `standard` for what says nothing.
  func count(_ name: String, _ standard: Int = 0) throws(ChartQueryError) -> Int {
    guard let value = self[name], value.saysAnything else { return standard }
    let number =
      value.integerValue ?? value.doubleValue.flatMap { Int(exactly: $0.rounded(.towardZero)) }
      ?? value.stringValue.flatMap { Int($0.trimmed(where: \.isWhitespace)) }
    guard let number else {
      let shown = value.stringValue.map(PythonText.quoted) ?? value.text
      throw .breaksOff(reason: "invalid literal for int() with base 10: \(shown)")
    }
    return number
  }

  /// The two ends that older forms have become one range.
  private mutating func takeOverTimeRange() {
    if has("since") || has("until") {
      let since = members.removeValue(forKey: "since")?.stringValue ?? ""
      let until = members.removeValue(forKey: "until")?.stringValue ?? ""
      members["time_range"] = .string("\(since) : \(until)")
    }
    guard let column = self["granularity_sqla"], column.saysAnything, !has("time_range") else {
      return
    }
    let isOpen = (self["adhoc_filters"]?.arrayValue ?? []).contains {
      $0["subject"] == column && $0["comparator"] == .string(TimeRange.noFilter)
    }
    if isOpen { members["time_range"] = .string(TimeRange.noFilter) }
  }
}

// MARK: metrics and columns

extension ExploreForm {
  private static let metricNames = [
    "metric", "metrics", "percent_metrics", "metric_2", "secondary_metric", "x", "y", "size",
  ]

  /// All metrics of the form, by their labels; of two that share one the later counts, in the first one's place.
  var metrics: JSONObject {
    get throws(ChartQueryError) {
      var metrics: JSONObject = [:]
      for value in Self.metricNames.compactMap({ self[$0] }) where value.saysAnything {
        for metric in value.arrayValue ?? [value] {
          metrics[try Self.label(ofMetric: metric)] = metric
        }
      }
      return metrics
    }
  }

  var metricLabels: [String] {
    get throws(ChartQueryError) { Array(try metrics.keys) }
  }

  static func label(ofMetric value: JSONValue) throws(ChartQueryError) -> String {
    do { return try ChartMetric(value).label } catch {
      throw .breaksOff(reason: "Invalid metric object: \(value.text)")
    }
  }

  static func label(ofColumn value: JSONValue) throws(ChartQueryError) -> String {
    do { return try ChartColumn(value).label } catch { throw .breaksOff(reason: "Missing label") }
  }

  /// Labels of the columns in a list.
  func labels(_ name: String) throws(ChartQueryError) -> [String] {
    var labels: [String] = []
    for column in self[name]?.arrayValue ?? [] { labels.append(try Self.label(ofColumn: column)) }
    return labels
  }
}
