// SPDX-License-Identifier: MIT

/// An expression in a time zone: the instants at which it is due, in whole seconds of Unix time.
///
/// An expression that names times of day (`30 2 * * *`) is due once for each: where the clocks are set back, at the first
/// time that they show it; where they are set forward over it, at that very change. One that is a rhythm (`*/5 * * * *`)
/// follows the clocks: what they skip is skipped, and what they show twice is due twice.
package struct CronSchedule: Hashable, Sendable {
  package let expression: CronExpression
  package let zone: ZoneRules

  package init(_ expression: CronExpression, in zone: ZoneRules = .utc) {
    self.expression = expression
    self.zone = zone
  }

  /// The first instant after this one; nil where there is none for four hundred years.
  package func next(after instant: Int) -> Int? {
    var from = Self.clamped(instant) + 1
    let horizon = from + Self.horizon
    while from < horizon {
      let segment = zone.segment(at: from)
      let end = min(segment.end ?? horizon, horizon)
      if let found = first(in: segment, from: from, below: end) { return found }
      from = end
    }
    return nil
  }

  /// The last instant before this one; nil where there was none for four hundred years.
  package func previous(before instant: Int) -> Int? {
    var end = Self.clamped(instant)
    let horizon = end - Self.horizon
    while end > horizon {
      let segment = zone.segment(at: end - 1)
      let start = max(segment.start ?? horizon, horizon)
      if let found = last(in: segment, from: start, below: end) { return found }
      end = start
    }
    return nil
  }

  /// Those from `start` on and below `end`.
  package func instants(from start: Int, below end: Int) -> [Int] {
    var instants: [Int] = []
    var last = start - 1
    while let instant = next(after: last), instant < end {
      instants.append(instant)
      last = instant
    }
    return instants
  }

  /// After so long the calendar repeats itself.
  private static let horizon = CivilDate.daysOfEra * secondsPerDay
  /// Far enough from the ends of the numbers, and farther than any calendar.
  private static func clamped(_ instant: Int) -> Int {
    min(max(instant, -1_000_000_000_000), 1_000_000_000_000)
  }
}

// MARK: one segment

extension CronSchedule {
  private func first(in segment: ZoneRules.Segment, from start: Int, below end: Int) -> Int? {
    let offset = segment.offset
    var local = start + offset
    if !expression.isRhythm, let change = segment.start {
      let reached = zone.reached(before: change)
      // The times that nobody's clock has shown are due at the change.
      if start == change, expression.firstMatch(from: reached, below: change + offset) != nil {
        return change
      }
      local = max(local, reached)
    }
    return expression.firstMatch(from: local, below: end + offset).map { $0 - offset }
  }

  private func last(in segment: ZoneRules.Segment, from start: Int, below end: Int) -> Int? {
    let offset = segment.offset
    var local = start + offset
    var reached = Int.max
    if !expression.isRhythm, let change = segment.start {
      reached = zone.reached(before: change)
      local = max(local, reached)
    }
    if let found = expression.lastMatch(from: local, below: end + offset) { return found - offset }
    guard segment.start == start, reached < start + offset else { return nil }
    return expression.firstMatch(from: reached, below: start + offset).map { _ in start }
  }
}

extension ZoneRules {
  /// The latest local time that clocks had shown before this change, plus one: what is earlier is no first time.
  fileprivate func reached(before change: Int) -> Int {
    // Offsets differ by little more than a day, so what lies further back cannot have come so far.
    let limit = change - 3 * secondsPerDay
    var reached = Int.min
    var end = change
    while true {
      let segment = segment(at: end - 1)
      reached = max(reached, end + segment.offset)
      guard let start = segment.start, start > limit else { return reached }
      end = start
    }
  }
}
