// SPDX-License-Identifier: MIT

/// Lines of change over time.
struct CompareChart: TimeSeriesChart {
  static let name = "compare"
}
