// SPDX-License-Identifier: MIT

/// Why there is nothing to draw; the page says it in a chart's place.
enum ChartFault: Error, Hashable {
  /// The query succeeded, and no row came.
  case empty
  /// The query failed, as its answer says.
  case failed(String)
  /// There are data, but not those that this chart needs.
  case unfit(String)
}
