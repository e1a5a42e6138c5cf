// SPDX-License-Identifier: MIT
import SupersetMetadata

extension PlacedChart {
  /// What Superset's endpoint is sent, written as Python writes it: `{"chart_id": 1, "dashboard_id": 2}`.
  package var payload: String {
    guard let dashboard else { return #"{"chart_id": \#(chart)}"# }
    return #"{"chart_id": \#(chart), "dashboard_id": \#(dashboard)}"#
  }
}
