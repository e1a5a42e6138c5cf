// SPDX-License-Identifier: MIT
import JSONValues

/// What a comparison with other times has to know of a query.
extension QueryObject {
  /// The range given, else that of the last filter on a time.
  func comparedRange() throws(ChartQueryError) -> TimeRange {
    if let given = members["time_range"]?.filledText { return try times.range(given) }
    let texts = filters.filter { $0.condition == .temporalRange }.compactMap(\.value.stringValue)
    return try texts.last.map { text throws(ChartQueryError) in try times.range(text) } ?? .open
  }

  /// The step of the first column where that is SQL of the chart's own, else the query's.
  var comparedGrain: String? {
    guard case .custom(let column) = columns.first else { return timeGrain }
    return column.axisGrain
  }

  var axisLabel: String? {
    columns.lazy.compactMap {
      if case .custom(let column) = $0, column.isAxis { column.label } else { nil }
    }.first
  }
}
