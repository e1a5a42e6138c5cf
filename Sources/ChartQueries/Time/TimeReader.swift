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
    let words = text.lowercased().split(separator: " ")
    if words.count > 1, words[0] == "last" || words[0] == "next",
      let unit = words.last.flatMap({ TimeUnit(word: $0) })
    {
      let count = words.count == 2 ? 1 : Int(words[1])
      if let count, words.count <= 3, words.count == 2 || unit != .quarter {
        return words[0] == "last"
          ? try shifted(time(of: start), -count, unit, text)
          : try shifted(time(of: end), count, unit, text)
      }
    }
    if text.contains("(") { return try TimeExpression(text, self).time() }
    return try moment(text)
  }

  func shifted(
    _ time: CivilTime, _ count: Int, _ unit: TimeUnit, _ text: String
  ) throws(ChartQueryError) -> CivilTime {
    guard let shifted = time.adding(count, unit) else {
      throw .timeRange(reason: "Cannot parse time string [\(text)]")
    }
    return shifted
  }

  /// An absolute time, `today`, `7 days ago`, `3 weeks from now`, `March 2001`.
  func moment(_ text: String) throws(ChartQueryError) -> CivilTime {
    if let time = CivilTime(text) { return time }
    let words = text.lowercased().split(separator: " ").map(String.init)
    switch words {
    case ["now"]: return now
    case ["today"]: return time(of: .today)
    case ["yesterday"]: return try shifted(time(of: .today), -1, .day, text)
    case ["tomorrow"]: return try shifted(time(of: .today), 1, .day, text)
    default: break
    }
    if words.count >= 3, let count = Int(words[0]), let unit = TimeUnit(word: words[1]) {
      let hasTimeOfDay = [.second, .minute, .hour].contains(unit)
      if words[2...] == ["ago"] {
        let time = try shifted(now, -count, unit, text)
        return hasTimeOfDay ? time : time.truncated(to: .day)
      }
      if words[2...] == ["from", "now"] { return try shifted(now, count, unit, text) }
    }
    if words.count == 2, let month = Self.months.firstIndex(of: words[0]), let year = Int(words[1]),
      let time = CivilTime(year: year, month: month + 1)
    {
      return time
    }
    throw .unsupported("the time '\(text)'")
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}
