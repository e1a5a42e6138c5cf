// SPDX-License-Identifier: MIT

/// The time with which a query is compared: `1 year ago`.
struct TimeOffset: Hashable, Sendable {
  let text: String
  private let shift: TimeShift?

  /// - Parameter grain: the step of the x-axis; where there is one, Superset reads offsets more strictly.
  init(_ text: String, grain: String?) throws(ChartQueryError) {
    self.text = text
    shift = TimeShift(text)
    if grain != nil, !Self.isPlain(text) {
      throw .timeRange(
        reason:
          "Time delta is ambiguous. Please specify [\(text) ago] or [\(text) later].")
    }
    if grain != nil, Self.namesQuarters(text) {
      throw .timeRange(reason: "Times cannot be compared by quarters: [\(text)]")
    }
    // Quarters are left as they are: the comparison is with the same time.
    guard shift != nil || Self.namesQuarters(text) else {
      throw .unsupported("the time offset '\(text)'")
    }
  }

  func moved(_ time: CivilTime) throws(ChartQueryError) -> CivilTime {
    guard let shift else { return time }
    return try time.adding(shift)
  }

  /// The same for a range of a filter: that is always moved back, whatever the text says.
  func movedBack(_ time: CivilTime) throws(ChartQueryError) -> CivilTime {
    guard let shift else { return time }
    return try time.adding(shift.backwards)
  }

  /// A number, a unit, and `ago` or `later`.
  private static func isPlain(_ text: String) -> Bool {
    let words = text.lowercased().split(separator: " ")
    guard words.count == 3, ["ago", "later"].contains(words[2]) else { return false }
    return words[0].allSatisfy { $0.isASCII && $0.isNumber } && TimeUnit(word: words[1]) != nil
  }

  private static func namesQuarters(_ text: String) -> Bool {
    text.lowercased().split(separator: " ").contains { TimeUnit(word: $0) == .quarter }
  }
}

extension TimeShift {
  var backwards: TimeShift { TimeShift(count: -abs(count), unit: unit) }
}
