// SPDX-License-Identifier: MIT
import JSONValues

/// Sums that fall into parts, and these again, level by level.
struct PartitionChart: TimeSeriesChart {
  static let name = "partition"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    try orderSeries(&query, form)
    query.members["is_timeseries"] = .bool(Self.option(form) != "not_time")
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let groups = try result.form.labels("groupby")
    guard !groups.isEmpty else { throw .breaksOff(reason: "Please choose at least one groupby") }
    let option = Self.option(result.form)
    if option == "adv_anal" {
      return LegacyData(try PartitionByTime(result, groups).nested())
    }
    let levels: PartitionLevels
    switch option {
    case "not_time", "agg_sum": levels = PartitionLevels(result.table, groups, .sum)
    case "agg_mean": levels = PartitionLevels(result.table, groups, .mean)
    case "point_diff", "point_factor", "point_percent":
      levels = try PartitionLevels(result.table, groups, changeOf: option)
    default: levels = PartitionLevels(result.table, [SeriesShaper.time] + groups, .sum)
    }
    return LegacyData(try levels.nested())
  }

  private static func option(_ form: ExploreForm) -> String {
    form.has("time_series_option") ? form.text("time_series_option") ?? "" : "not_time"
  }
}
