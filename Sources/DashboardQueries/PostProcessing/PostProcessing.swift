// SPDX-License-Identifier: MIT
import JSONValues

/// What a chart of times has done to its rows before it gets them: each step as its form asks for
/// it, or none.
struct PostProcessing {
  private let form: JSONObject
  private let query: JSONObject
  private let comparison: TimeComparison

  init(of form: JSONObject, _ query: JSONObject) {
    self.form = form
    self.query = query
    comparison = TimeComparison(of: form, query)
  }

  var isCompared: Bool { comparison.isMade }

  /// The steps that have something to do, as the member of a query.
  static func steps(_ steps: JSONValue?...) -> JSONValue { .array(steps.compactMap { $0 }) }

  private static func step(_ operation: String, _ options: JSONObject) -> JSONValue {
    ["operation": .string(operation), "options": .object(options)]
  }

  private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(JSONObject(members, uniquingKeysWith: { $1 }))
  }

  /// Names of what the rows are divided by.
  private var dimensions: [JSONValue] {
    let columns = query["series_columns"].isTrue ? query["series_columns"] : query["columns"]
    return columns.list.map { QueryName.ofColumn($0) ?? .null }
  }

  private var extraMetrics: [JSONValue] { Self.extraMetrics(of: form) }

  /// A metric that is asked for only because the axis is sorted by it.
  static func extraMetrics(of form: JSONObject) -> [JSONValue] {
    let wanted = form["x_axis_sort"]
    guard form["groupby"].list.isEmpty, let metric = form["timeseries_limit_metric"].list.first,
      Optional(metric).isTrue, QueryName.ofMetric(metric) == wanted,
      !form["metrics"].list.contains(where: { QueryName.ofMetric($0) == wanted })
    else { return [] }
    return [metric]
  }

  /// Rows into a table of times and dimensions.
  var pivot: JSONValue? {
    guard let axis = form.axisName else { return nil }
    let metrics: [String]
    if isCompared {
      metrics = comparison.pairs.map(\.metric) + comparison.pairs.map(\.shifted)
    } else {
      metrics = (query["metrics"].list + extraMetrics)
        .compactMap { QueryName.ofMetric($0)?.stringValue }
    }
    guard !metrics.isEmpty else { return nil }
    return Self.step(
      "pivot",
      [
        "index": [axis], "columns": .array(dimensions),
        "aggregates": Self.object(metrics.map { ($0, ["operator": "mean"]) }),
        "drop_missing_columns": .bool(!form["show_empty_columns"].isTrue),
      ])
  }

  /// Sums or means over the last times.
  var rollingWindow: JSONValue? {
    let names: [String]
    if isCompared {
      names = comparison.pairs.map(\.metric) + comparison.pairs.map(\.shifted)
    } else {
      // A metric without a label of its own goes without a window.
      names = query["metrics"].list.compactMap { $0.stringValue ?? $0["label"]?.stringValue }
    }
    let columns = Self.object(names.map { ($0, .string($0)) })
    switch form["rolling_type"] {
    case "cumsum": return Self.step("cum", ["operator": "sum", "columns": columns])
    case let type? where ["sum", "mean", "std"].contains(type):
      return Self.step(
        "rolling",
        [
          "rolling_type": type, "window": .integer(form["rolling_periods"].wholeNumber ?? 1),
          "min_periods": .integer(form["min_periods"].wholeNumber ?? 0), "columns": columns,
        ])
    default: return nil
    }
  }

  var timeCompare: JSONValue? {
    guard isCompared, comparison.type != "values", let type = comparison.type else { return nil }
    return Self.step(
      "compare",
      [
        "source_columns": .array(comparison.pairs.map { .string($0.metric) }),
        "compare_columns": .array(comparison.pairs.map { .string($0.shifted) }),
        "compare_type": type, "drop_original_columns": true,
      ])
  }

  var resample: JSONValue? {
    guard form["resample_method"].isTrue, let method = form["resample_method"],
      form["resample_rule"].isTrue, let rule = form["resample_rule"]
    else { return nil }
    let fillsZeros = method == "zerofill"
    return Self.step(
      "resample",
      [
        "method": fillsZeros ? "asfreq" : method, "rule": rule,
        "fill_value": fillsZeros ? 0 : .null,
      ])
  }

  /// Takes the metric's name off the columns where there is but one.
  var rename: JSONValue? {
    let metrics = query["metrics"].list
    guard metrics.count == 1, let metric = QueryName.ofMetric(metrics[0])?.stringValue,
      !dimensions.isEmpty, form.axisName != nil, form["truncate_metric"].isTrue,
      !isCompared || comparison.type == "values"
    else { return nil }
    var names: [(String, JSONValue)] = []
    if isCompared {
      names = comparison.pairs.compactMap { pair in
        comparison.time(in: pair.shifted).map { (pair.shifted, .string($0)) }
      }
    }
    names.append((metric, .null))
    return Self.step("rename", ["columns": Self.object(names), "level": 0, "inplace": true])
  }

  /// - Parameter times: those that the metrics are compared with.
  func contribution(times: JSONValue?) -> JSONValue? {
    guard form["contributionMode"].isTrue, let mode = form["contributionMode"] else { return nil }
    var options: JSONObject = ["orientation": mode]
    options["time_shifts"] = times
    return Self.step("contribution", options)
  }

  var sort: JSONValue? {
    guard let wanted = form["x_axis_sort"], let ascending = form["x_axis_sort_asc"],
      !wanted.isNull, !ascending.isNull, form["groupby"].isEmpty
    else { return nil }
    if wanted == form.axisName {
      return Self.step("sort", ["is_sort_index": true, "ascending": ascending])
    }
    let metrics = form["metrics"].list + extraMetrics
    guard metrics.contains(where: { QueryName.ofMetric($0) == wanted }) else { return nil }
    return Self.step("sort", ["by": wanted, "ascending": ascending])
  }

  var flatten: JSONValue? { ["operation": "flatten"] }

  var forecast: JSONValue? {
    guard form["forecastEnabled"].isTrue, let axis = form.axisName else { return nil }
    var options: JSONObject = [:]
    options["time_grain"] = form["time_grain_sqla"]
    options["periods"] = form["forecastPeriods"].wholeNumber.map { .integer($0) } ?? .null
    options["confidence_interval"] = form["forecastInterval"].fraction ?? .null
    options["yearly_seasonality"] = form["forecastSeasonalityYearly"]
    options["weekly_seasonality"] = form["forecastSeasonalityWeekly"]
    options["daily_seasonality"] = form["forecastSeasonalityDaily"]
    options["index"] = axis
    return Self.step("prophet", options)
  }
}
