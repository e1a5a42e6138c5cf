// SPDX-License-Identifier: MIT

/// Lines over time.
struct LineChart: TimeSeriesChart {
  static let name = "line"
}
