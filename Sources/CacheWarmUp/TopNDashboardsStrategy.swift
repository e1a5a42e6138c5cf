// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SupersetMetadata

/// The charts of those dashboards that the log names most often.
struct TopNDashboardsStrategy: WarmUpStrategy {
  static let name = "top_n_dashboards"

  private let count: Int
  /// UTC
  private let since: CivilTime

  init(_ arguments: StrategyArguments, now: CivilTime) throws(StrategyFault) {
    let bound = try arguments.bound(to: ["top_n", "since"])
    let count = bound["top_n"] ?? 5
    guard let number = count.integerValue, number >= 0 else {
      throw StrategyFault(reason: "top_n is no number of dashboards: \(count.text)")
    }
    self.count = number
    let since = bound["since"] ?? "7 days ago"
    guard let text = since.stringValue else {
      throw StrategyFault(reason: "since is no time in words: \(since.text)")
    }
    do { self.since = try HumanTime.moment(text, now: now) } catch {
      throw StrategyFault(reason: "since: \(error.objection)")
    }
  }

  func charts(from metadata: MetadataStore) throws(MetadataError) -> [PlacedChart] {
    // The log is kept in UTC.
    try metadata.charts(
      ofDashboards: try metadata.dashboards(mostVisited: count, since: since.text))
  }
}

extension MetadataStore {
  func charts(ofDashboards ids: [Int]) throws(MetadataError) -> [PlacedChart] {
    var charts: [PlacedChart] = []
    for id in ids {
      charts += try self.charts(ofDashboard: id).map { PlacedChart(chart: $0, dashboard: id) }
    }
    return charts
  }
}
