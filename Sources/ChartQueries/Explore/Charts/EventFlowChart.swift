// SPDX-License-Identifier: MIT
import JSONValues

/// Events in their order, for the browser to follow.
struct EventFlowChart: LegacyChart {
  static let name = "event_flow"
  static let isTimeseries = true

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    let event = try form.required("all_columns_x")
    let entity = try form.required("entity")
    let others = try form.required("all_columns").arrayValue ?? []
    query.members["columns"] = .array(
      [event, entity] + others.filter { $0 != event && $0 != entity })
    if try form.required("order_by_entity").saysAnything {
      query.order(by: entity, ascending: true)
    }
  }
}
