// SPDX-License-Identifier: MIT

/// A time zone: how far its clocks are ahead of UTC, and from when to when.
package struct ZoneRules: Hashable, Sendable {
  /// A stretch of time without any change of the clocks.
  struct Segment: Hashable {
    /// Nil: since ever.
    let start: Int?
    /// The first instant behind it; nil: for ever.
    let end: Int?
    /// Seconds that the clocks are ahead of UTC.
    let offset: Int
  }

  /// From this instant on the clocks are so far ahead.
  struct Change: Hashable {
    let instant: Int
    let offset: Int
  }

  /// Before the first change.
  let firstOffset: Int
  /// In order, each with another offset than the one before it.
  let changes: [Change]
  /// What holds behind the last change.
  let yearlyRule: YearlyRule?

  package static let utc = ZoneRules(firstOffset: 0, changes: [], yearlyRule: nil)

  init(firstOffset: Int, changes: [Change], yearlyRule: YearlyRule?) {
    self.firstOffset = firstOffset
    self.changes = Self.clean(changes, after: firstOffset)
    self.yearlyRule = yearlyRule
  }

  /// How far the clocks are ahead of UTC at this instant, in seconds.
  package func offset(at instant: Int) -> Int { segment(at: instant).offset }

  func segment(at instant: Int) -> Segment {
    if let last = changes.last, instant < last.instant {
      return segment(at: instant, in: changes, from: firstOffset, since: nil)
    }
    let (offset, since) = changes.last.map { ($0.offset, $0.instant) } ?? (firstOffset, nil)
    guard let yearlyRule else { return Segment(start: since, end: nil, offset: offset) }
    let coming = yearlyRule.changes(around: instant).filter { $0.instant > since ?? .min }
    return segment(at: instant, in: Self.clean(coming, after: offset), from: offset, since: since)
  }

  private func segment(
    at instant: Int, in changes: [Change], from firstOffset: Int, since start: Int?
  ) -> Segment {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].instant <= instant { low = middle + 1 } else { high = middle }
    }
    return Segment(
      start: low > 0 ? changes[low - 1].instant : start,
      end: low < changes.count ? changes[low].instant : nil,
      offset: low > 0 ? changes[low - 1].offset : firstOffset)
  }

  /// Without changes that change nothing; of two at the same instant the later one holds.
  private static func clean(_ changes: [Change], after firstOffset: Int) -> [Change] {
    var clean: [Change] = []
    for change in changes {
      if clean.last?.instant == change.instant { clean.removeLast() }
      if change.offset != clean.last?.offset ?? firstOffset { clean.append(change) }
    }
    return clean
  }
}
