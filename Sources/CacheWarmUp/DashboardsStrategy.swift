// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SupersetMetadata

/// The charts of certain dashboards, by number or by the name in their address.
struct DashboardsStrategy: WarmUpStrategy {
  static let name = "dashboards"

  private let dashboards: [JSONValue]

  init(_ arguments: StrategyArguments, now: CivilTime) throws(StrategyFault) {
    let value = try arguments.bound(to: ["dashboard_ids"])["dashboard_ids"] ?? .null
    guard let items = value.arrayValue, !items.isEmpty,
      items.allSatisfy({ $0.integerValue != nil || $0.stringValue != nil })
    else {
      throw StrategyFault(reason: "dashboard_ids is no list of dashboards: \(value.text)")
    }
    dashboards = items
  }

  /// Dashboards that are gone have no charts, as with the other strategies.
  func charts(from metadata: MetadataStore) throws(MetadataError) -> [PlacedChart] {
    var ids: [Int] = []
    for dashboard in dashboards {
      if let id = dashboard.integerValue {
        ids += try metadata.dashboards([id])
      } else if let slug = dashboard.stringValue, let id = try metadata.dashboard(slug: slug) {
        ids.append(id)
      }
    }
    return try metadata.charts(ofDashboards: ids)
  }
}
