// SPDX-License-Identifier: MIT
import JSONValues

extension PostProcessing {
  /// Forecasts need Meta's prophet, which is a library of Python's. What is wrong with the request is told first, then that it
  /// is missing, in the words of a Superset that has none either.
  static func prophet(
    _ table: DataTable, _ options: OperationOptions
  ) throws(ChartQueryError) -> DataTable {
    throw .postProcessing(
      reason: objection(to: table, options) ?? "`prophet` package not installed")
  }

  private static func objection(to table: DataTable, _ options: OperationOptions) -> String? {
    guard let grain = options.text("time_grain"), !grain.isEmpty else {
      return "Time grain missing"
    }
    guard grains.contains(grain) else { return "Unsupported time grain: \(grain)" }
    guard let periods = options["periods"]?.integerValue, periods >= 0 else {
      return "Periods must be a whole number"
    }
    guard let interval = options["confidence_interval"]?.doubleValue, interval > 0, interval < 1
    else { return "Confidence interval must be between 0 and 1 (exclusive)" }
    guard table.has(options.text("index") ?? QueryObject.timestampLabel) else {
      return "DataFrame must include temporal column"
    }
    return table.columns.count < 2 ? "DataFrame include at least one series" : nil
  }

  private static let grains: Set = [
    "PT1S", "PT1M", "PT5M", "PT10M", "PT15M", "PT30M", "PT1H", "P1D", "P1W", "P1M", "P3M", "P1Y",
    "1969-12-28T00:00:00Z/P1W", "1969-12-29T00:00:00Z/P1W", "P1W/1970-01-03T00:00:00Z",
    "P1W/1970-01-04T00:00:00Z",
  ]
}
