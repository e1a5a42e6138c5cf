// SPDX-License-Identifier: MIT

/// A chart on a dashboard, or alone.
package struct PlacedChart: Hashable, Sendable {
  package let chart: Int
  package let dashboard: Int?
  /// Whether Superset's payloads of the strategy name the dashboard.
  private let namesDashboard: Bool

  package init(chart: Int, dashboard: Int? = nil, namesDashboard: Bool = true) {
    self.chart = chart
    self.dashboard = dashboard
    self.namesDashboard = namesDashboard
  }

  /// What Superset's endpoint is sent, written as Python writes it: `{"chart_id": 1, "dashboard_id": 2}`.
  package var payload: String {
    guard let dashboard, namesDashboard else { return #"{"chart_id": \#(chart)}"# }
    return #"{"chart_id": \#(chart), "dashboard_id": \#(dashboard)}"#
  }
}

extension [PlacedChart] {
  /// One of each payload: to Superset's endpoint the others say the same.
  package var withDifferentPayloads: [PlacedChart] {
    var seen: Set<String> = []
    return filter { seen.insert($0.payload).inserted }
  }
}
