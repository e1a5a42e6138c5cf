// SPDX-License-Identifier: MIT

/// Areas over time that lie on each other, so that none may have a gap.
struct AreaChart: TimeSeriesChart {
  static let name = "area"
  static let sortsSeries = true
  static let fill: Cell? = .integer(0)
}
