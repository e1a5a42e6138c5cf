// SPDX-License-Identifier: MIT

/// Times seen from now: `yesterday`, `7 days ago`, `in 2 weeks`, `last monday`.
enum RelativeTime {
  /// Nil for what is none of these.
  static func time(_ text: String, _ now: CivilTime) throws(ChartQueryError) -> CivilTime? {
    let today = now.truncated(to: .day)
    let words = text.lowercased().split(separator: " ").map(String.init)
    switch words {
    case ["now"]: return now
    case ["today"], ["midnight"]: return today
    case ["noon"]: return today.adding(12, .hour)
    case ["yesterday"]: return today.adding(-1, .day)
    case ["tomorrow"]: return today.adding(1, .day)
    default: break
    }
    if words.count == 2, words[0] == "next", let unit = TimeUnit(rawValue: words[1]) {
      return next(unit, today)
    }
    if words.count == 2, let weekday = weekdays.firstIndex(of: words[1]) {
      return weekdayBeside(today, weekday, words[0])
    }
    return try step(words, now)
  }

  /// A week from today, but the first day of the next month or year.
  private static func next(_ unit: TimeUnit, _ today: CivilTime) -> CivilTime? {
    switch unit {
    case .day, .week: today.adding(1, unit)
    case .month, .year: today.adding(1, unit)?.truncated(to: unit)
    default: nil
    }
  }

  private static func step(
    _ words: [String], _ now: CivilTime
  ) throws(ChartQueryError) -> CivilTime? {
    if words.suffix(2) == ["from", "today"] {
      let shift = TimeShift(words.dropLast(2).joined(separator: " "))
      return try shift.map { shift throws(ChartQueryError) in
        try now.truncated(to: .day).adding(shift)
      }
    }
    let isAhead = words.first == "in"
    let text = words.dropFirst(isAhead ? 1 : 0).joined(separator: " ")
    guard let shift = TimeShift(text) else { return nil }
    let time = try now.adding(shift)
    // Steps smaller than a day, and those from now, keep the time of day; all others end at midnight.
    let isClocked = [.second, .minute, .hour].contains(shift.unit)
    return isClocked || words.suffix(2) == ["from", "now"] ? time : time.truncated(to: .day)
  }

  /// The last one before today; the next one is next week's.
  private static func weekdayBeside(
    _ today: CivilTime, _ weekday: Int, _ word: String
  ) -> CivilTime? {
    let monday = today.truncated(to: .week)
    switch word {
    case "last":
      let candidate = monday.adding(weekday, .day)
      return candidate.flatMap { $0 < today ? $0 : $0.adding(-1, .week) }
    case "next": return monday.adding(7 + weekday, .day)
    default: return nil
    }
  }

  /// Whether there is a word in it that the parser which Superset uses makes something of.
  static func isNamed(in text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }
    return words.contains { word in
      nouns.contains(String(word)) || TimeUnit(word: word).map { $0 != .quarter } ?? false
    }
  }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  private static let nouns: Set<String> = {
    let days = weekdays + AbsoluteTime.months
    return Set(days + days.map { String($0.prefix(3)) }).union([
      "now", "today", "tonight", "yesterday", "tomorrow", "noon", "midnight", "morning",
      "afternoon", "evening", "night", "lunch", "dinner", "breakfast", "eod", "eom", "eoy",
    ])
  }()
}
