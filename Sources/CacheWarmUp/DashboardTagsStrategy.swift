// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SupersetMetadata

/// The charts of dashboards with one of these tags, and charts that bear one themselves.
struct DashboardTagsStrategy: WarmUpStrategy {
  static let name = "dashboard_tags"

  private let tags: [String]

  init(_ arguments: StrategyArguments, now: CivilTime) throws(StrategyFault) {
    let value = try arguments.bound(to: ["tags"])["tags"] ?? .null
    guard value.isNull || value.arrayValue?.allSatisfy({ $0.stringValue != nil }) == true else {
      throw StrategyFault(reason: "tags is no list of texts: \(value.text)")
    }
    tags = value.arrayValue?.compactMap(\.stringValue) ?? []
  }

  /// Superset's payloads of this strategy name no dashboard.
  func charts(from metadata: MetadataStore) throws(MetadataError) -> [PlacedChart] {
    var charts: [PlacedChart] = []
    for dashboard in try metadata.tagged("dashboard", with: tags) {
      charts += try metadata.charts(ofDashboard: dashboard)
        .map { PlacedChart(chart: $0, dashboard: dashboard, namesDashboard: false) }
    }
    return charts + (try metadata.tagged("chart", with: tags)).map { PlacedChart(chart: $0) }
  }
}
