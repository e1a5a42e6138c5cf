// SPDX-License-Identifier: MIT
import JSONValues

/// What a dashboard is drawn from.
package struct DashboardSource: Sendable {
  /// Empty: none is drawn.
  package var title: String
  /// `position_json`.
  package var layout: JSONValue
  /// `json_metadata`: colours by label, and the scheme.
  package var metadata: JSONValue
  /// By id of the chart.
  package var charts: [Int: ChartSource]
  /// Components of kind TAB that are open; where none of some tabs is named, the first one.
  package var activeTabs: Set<String>

  package init(
    title: String, layout: JSONValue, charts: [Int: ChartSource], metadata: JSONValue = .null,
    activeTabs: Set<String> = []
  ) {
    self.title = title
    self.layout = layout
    self.metadata = metadata
    self.charts = charts
    self.activeTabs = activeTabs
  }

  /// The chart of this id in the dashboard's colours.
  func chart(_ id: Int) -> ChartSource? {
    guard var chart = charts[id] else { return nil }
    var labels = metadata["shared_label_colors"]?.objectValue ?? [:]
    // Newer dashboards keep names alone there, and their colours in a map.
    for name in ["map_label_colors", "label_colors"] {
      labels.merge(metadata[name]?.objectValue ?? [:]) { _, new in new }
    }
    if !labels.isEmpty { chart.labelColours = .object(labels) }
    if let scheme = metadata["color_scheme"]?.stringValue, !scheme.isEmpty {
      chart.colourScheme = scheme
    }
    return chart
  }
}
