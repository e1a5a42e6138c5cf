// SPDX-License-Identifier: MIT
import JSONValues

/// A line across several scales for each value of a column.
struct ParallelCoordinatesChart: LegacyChart {
  static let name = "para"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    query.members["groupby"] = [form.value("series")]
    if let metric = try query.addOrderMetric(of: form), form.saysAnything("order_desc") {
      query.order(by: metric, ascending: false)
    }
  }
}
