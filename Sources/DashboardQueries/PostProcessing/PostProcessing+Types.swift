// SPDX-License-Identifier: MIT
import JSONValues

/// The steps that only one type of chart has.
extension PostProcessing {
  /// - Throws: where the form says neither of the known ways to draw whiskers.
  static func boxPlot(_ form: JSONObject, _ query: JSONObject) throws(FormFault) -> JSONValue? {
    guard form["whiskerOptions"].isTrue, let wanted = form["whiskerOptions"]?.stringValue else {
      return nil
    }
    var options: JSONObject = [:]
    switch wanted {
    case "Tukey": options["whisker_type"] = "tukey"
    case "Min/max (no outliers)": options["whisker_type"] = "min/max"
    default:
      guard let match = wanted.firstMatch(of: #/(\d+)/(\d+) percentiles/#),
        let low = Int(match.1), let high = Int(match.2)
      else { throw .unusable("there are no whiskers '\(wanted)'") }
      options["whisker_type"] = "percentile"
      options["percentiles"] = [.integer(low), .integer(high)]
    }
    options["groupby"] = .array(form["groupby"].list.map { QueryName.ofColumn($0) ?? .null })
    options["metrics"] = .array(query["metrics"].list.map { QueryName.ofMetric($0) ?? .null })
    return ["operation": "boxplot", "options": .object(options)]
  }

  static func histogram(_ form: JSONObject) -> JSONValue {
    var options: JSONObject = [:]
    options["column"] = QueryName.ofColumn(form["column"])
    options["groupby"] = .array(form["groupby"].list.map { QueryName.ofColumn($0) ?? .null })
    options["bins"] = form["bins"].number ?? 5
    options["cumulative"] = form["cumulative"]
    options["normalize"] = form["normalize"]
    return ["operation": "histogram", "options": .object(options)]
  }

  /// Ranks within what the form normalizes across.
  static func rank(_ form: JSONObject) -> JSONValue {
    var options: JSONObject = [:]
    options["metric"] = QueryName.ofMetric(form["metric"])
    switch form["normalize_across"] {
    case "x": options["group_by"] = QueryName.ofColumn(form["x_axis"])
    case "y": options["group_by"] = QueryName.ofColumn(form["groupby"])
    default: break
    }
    return ["operation": "rank", "options": .object(options)]
  }

  /// Shares of the whole, beside the metrics themselves.
  static func shares(of metrics: [String]) -> JSONValue {
    [
      "operation": "contribution",
      "options": [
        "columns": .array(metrics.map { .string($0) }),
        "rename_columns": .array(metrics.map { .string("%\($0)") }),
      ],
    ]
  }
}
