// SPDX-License-Identifier: MIT

/// Bands of colour over time, one below the other.
struct HorizonChart: TimeSeriesChart {
  static let name = "horizon"
}
