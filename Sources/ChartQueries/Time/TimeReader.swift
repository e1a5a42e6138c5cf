// SPDX-License-Identifier: MIT
import JSONValues

/// Reads Superset's time ranges, seen from one moment.
package struct TimeReader: Hashable, Sendable {
  /// Where ranges that name no other place begin and end: at midnight, or now.
  enum Anchor: String, Hashable, Sendable { case today, now }

  let now: CivilTime
  let start: Anchor
  let end: Anchor
  /// How far every range is moved back.
  private let shift: TimeShift?

  init(now: CivilTime, extras: JSONValue?, shift: TimeShift? = nil) {
    self.now = now
    self.shift = shift
    start = extras?["relative_start"]?.stringValue.flatMap(Anchor.init) ?? .today
    end = extras?["relative_end"]?.stringValue.flatMap(Anchor.init) ?? .today
  }

  private static let separator = " : "

  /// `A : B` with an open side or none, `Last week`, `Current month`, `previous calendar year`, `No filter`.
  func range(_ text: String) throws(ChartQueryError) -> TimeRange {
    let range = try unshifted(text)
    guard let shift = shift?.backwards else { return range }
    return try TimeRange(from: range.from?.adding(shift), to: range.to?.adding(shift))
  }

  /// What times of results are moved by, in microseconds: the shift as it reads, seen from now.
  var resultShift: Int {
    guard let shift, let then = try? now.adding(shift) else { return 0 }
    return then.microseconds - now.microseconds
  }

  private func unshifted(_ text: String) throws(ChartQueryError) -> TimeRange {
    guard text != TimeRange.noFilter else { return try TimeRange(from: nil, to: nil) }
    let expanded = try expanded(text)
    guard let middle = expanded.firstRange(of: Self.separator) else {
      // What is no range to Superset leaves the past open, and ends today.
      return try TimeRange(from: nil, to: time(of: end))
    }
    return try TimeRange(
      from: try side(String(expanded[..<middle.lowerBound])),
      to: try side(String(expanded[middle.upperBound...])))
  }

  func time(of anchor: Anchor) -> CivilTime { anchor == .now ? now : now.truncated(to: .day) }

  /// The short forms, written out as pairs; only their capitals tell them from plain text.
  private func expanded(_ text: String) throws(ChartQueryError) -> String {
    guard text.firstRange(of: Self.separator) == nil else { return text }
    if text.hasPrefix("Last") { return text + Self.separator + end.rawValue }
    if text.hasPrefix("Next") { return start.rawValue + Self.separator + text }
    let words = text.split(separator: " ")
    guard let unit = words.last.flatMap({ TimeUnit(word: $0) }) else { return text }
    let today = time(of: .today)
    switch words.dropLast().joined(separator: " ") {
    case "previous calendar" where [.week, .month, .year].contains(unit):
      return pair(try shifted(today, -1, unit, text).truncated(to: unit), today.truncated(to: unit))
    case "Current" where [.day, .week, .month, .quarter, .year].contains(unit):
      return pair(
        today.truncated(to: unit), try shifted(today, 1, unit, text).truncated(to: unit))
    default: return text
    }
  }

  private func pair(_ from: CivilTime, _ to: CivilTime) -> String {
    from.text + Self.separator + to.text
  }

  private func side(_ text: String) throws(ChartQueryError) -> CivilTime? {
    let text = text.trimmed(where: \.isWhitespace)
    guard !text.isEmpty else { return nil }
    if let time = try counted(text) { return time }
    if TimeExpression.functions.contains(where: { text.uppercased().hasPrefix($0) }) {
      return try TimeExpression(text, self).time()
    }
    return try moment(text)
  }

  /// `last week`, `last 3 weeks`, `next 3 weeks`; quarters cannot be counted.
  private func counted(_ text: String) throws(ChartQueryError) -> CivilTime? {
    let words = text.lowercased().split(separator: " ")
    guard let unit = words.last.flatMap({ TimeUnit(word: $0) }) else { return nil }
    let count = words.count == 3 && unit != .quarter ? Int(words[1]) : nil
    switch (words.first, words.count, count) {
    case (_, _, Int.min?): return nil
    case ("last", 2, _) where words[1] == unit.rawValue:
      return try shifted(time(of: start), -1, unit, text)
    case ("last", _, let count?): return try shifted(time(of: start), -count, unit, text)
    case ("next", _, let count?): return try shifted(time(of: end), count, unit, text)
    default: return nil
    }
  }

  func shifted(
    _ time: CivilTime, _ count: Int, _ unit: TimeUnit, _ text: String
  ) throws(ChartQueryError) -> CivilTime {
    guard let shifted = time.adding(count, unit) else {
      throw incorrect("Cannot parse time string [\(text)]")
    }
    return shifted
  }

  /// An absolute time, `today`, `7 days ago`, `3 weeks from now`, `March 2001`.
  func moment(_ text: String) throws(ChartQueryError) -> CivilTime {
    let words = text.split(separator: " ")
    if words.count == 2, words[0].allSatisfy(\.isNumber), TimeUnit(word: words[1]) != nil {
      throw incorrect(
        "Time string is ambiguous. Please specify [\(text) ago] or [\(text) later].")
    }
    if let time = AbsoluteTime.time(text, inYear: now.calendar.year) { return time }
    if let time = try RelativeTime.time(text, now) { return time }
    if RelativeTime.isNamed(in: text) || text.contains(Self.separator) {
      throw .unsupported("the time '\(text)'")
    }
    throw incorrect("Cannot parse time string [\(text)]")
  }

  private func incorrect(_ reason: String) -> ChartQueryError {
    .incorrect(FieldFault("time_range", reason))
  }
}
