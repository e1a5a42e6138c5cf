// SPDX-License-Identifier: MIT

/// Bars over time, the largest series first.
struct BarChart: TimeSeriesChart {
  static let name = "bar"
  static let sortsSeries = true
}
