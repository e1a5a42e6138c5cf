// SPDX-License-Identifier: MIT

/// From and to, either of which may be open; the end itself is not part of it.
package struct TimeRange: Hashable, Sendable {
  static let noFilter = "No filter"

  package let from: CivilTime?
  package let to: CivilTime?

  /// Reads Superset's text: `A : B` with absolute times, `A : `, ` : B`, `No filter`.
  package init(_ text: String) throws(ChartQueryError) {
    guard text != Self.noFilter else {
      (from, to) = (nil, nil)
      return
    }
    let separator = " : "
    guard let middle = text.firstRange(of: separator) else {
      throw .unsupported("the time range '\(text)'")
    }
    from = try Self.time(String(text[..<middle.lowerBound]), of: text)
    to = try Self.time(String(text[middle.upperBound...]), of: text)
    if let from, let to, from > to {
      throw .timeRange(reason: "From date cannot be larger than to date")
    }
  }

  private static func time(
    _ text: String, of range: String
  ) throws(ChartQueryError) -> CivilTime? {
    let trimmed = text.drop { $0 == " " }
    guard !trimmed.isEmpty else { return nil }
    guard let time = CivilTime(String(trimmed)) else {
      throw .unsupported("the time range '\(range)'")
    }
    return time
  }
}
