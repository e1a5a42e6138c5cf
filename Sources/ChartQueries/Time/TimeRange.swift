// SPDX-License-Identifier: MIT

/// From and to, either of which may be open; the end itself is not part of it.
package struct TimeRange: Hashable, Sendable {
  static let noFilter = "No filter"

  package let from: CivilTime?
  package let to: CivilTime?

  /// All time.
  static let open = TimeRange()

  private init() {
    from = nil
    to = nil
  }

  init(from: CivilTime?, to: CivilTime?) throws(ChartQueryError) {
    if let from, let to, from > to {
      throw .timeRange(reason: "From date cannot be larger than to date")
    }
    self.from = from
    self.to = to
  }
}
