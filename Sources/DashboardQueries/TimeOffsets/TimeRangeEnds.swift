// SPDX-License-Identifier: MIT

/// The days on which a time range begins and ends, as the page counts them when it compares times.
struct TimeRangeEnds {
  let start: CivilDay
  let end: CivilDay
  /// Whether it was written in the words of the page's own dialog: then its dates are read in
  /// another way.
  let isOfDialog: Bool

  private static let begin = CivilDay(number: 0)

  /// - Parameter today: nil where it is not known; then ranges that count from it cannot be read.
  init(_ range: String, today: CivilDay?) throws(FormFault) {
    let ends = range.split(separator: " : ", omittingEmptySubsequences: false)
      .map { String($0.trimmed) }
    if ends.count == 2, let start = try DialogTime(ends[0])?.day(today),
      let end = try DialogTime(ends[1])?.day(today)
    {
      (self.start, self.end, isOfDialog) = (start, end, true)
      return
    }
    let last = ends.count > 1 && !ends[1].isEmpty ? ends[1] : ends[0]
    isOfDialog = false
    if Self.isNow(ends[0]), Self.isNow(last) {
      (start, end) = (Self.begin, Self.begin)
      return
    }
    start = try Self.day(ends[0], isEnd: false, today) ?? Self.begin
    end = try Self.day(last, isEnd: true, today) ?? Self.begin
  }

  private static func isNow(_ text: String) -> Bool {
    ["now", "today", "No filter", ""].contains(text)
  }

  /// Nil for what the page reads as no day either.
  static func day(
    _ text: String, isEnd: Bool, _ today: CivilDay?
  ) throws(FormFault) -> CivilDay? {
    // The hour counts too: the page rounds, and from noon on gives another answer.
    if isNow(text) { throw .today }
    if isEnd, text.contains("Last") { return try known(today) }
    if let named = try named(text, isEnd: isEnd, today) { return named }
    if text.contains("ago") { return try ago(text, try known(today)) }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      .map { Int($0.trimmed.prefix(while: \.isNumber)) }
    guard (1...3).contains(parts.count), let year = parts[0] else { return nil }
    guard parts.count > 1 else { return CivilDay(year: year, month: 1, day: 1) }
    guard let month = parts[1] else { return nil }
    guard parts.count > 2 else { return CivilDay(year: year, month: month, day: 1) }
    return parts[2].map { CivilDay(year: year, month: month, day: $0) }
  }

  private static func known(_ today: CivilDay?) throws(FormFault) -> CivilDay {
    guard let today else { throw .today }
    return today
  }

  private static func named(
    _ text: String, isEnd: Bool, _ today: CivilDay?
  ) throws(FormFault) -> CivilDay? {
    switch text {
    case "Last day": return try known(today).adding(days: -1)
    case "Last week": return try known(today).adding(days: -7)
    case "Last month": return try known(today).adding(months: -1)
    case "Last quarter": return try known(today).adding(months: -3)
    case "Last year": return try known(today).adding(years: -1)
    case "previous calendar week":
      let day = try known(today)
      return day.adding(days: -day.weekday + (isEnd ? 1 : -6))
    case "previous calendar month":
      let (year, month, _) = try known(today).parts
      return CivilDay(year: year, month: month - (isEnd ? 0 : 1), day: 1)
    case "previous calendar year":
      return CivilDay(year: try known(today).parts.year - (isEnd ? 0 : 1), month: 1, day: 1)
    default: return nil
    }
  }

  /// `3 weeks ago`
  private static func ago(_ text: String, _ today: CivilDay) throws(FormFault) -> CivilDay? {
    let words = text.split(separator: " ")
    guard let amount = words.first.flatMap({ Int($0) }), words.count > 1 else { return nil }
    switch words[1] {
    case "day", "days": return today.adding(days: -amount)
    case "week", "weeks": return today.adding(days: -7 * amount)
    case "month", "months": return today.adding(months: -amount)
    case "year", "years": return today.adding(years: -amount)
    default: return today
    }
  }
}

/// An end of a time range as the page's dialog writes it: a moment, or a distance from one.
struct DialogTime {
  private let moment: String
  private var distance: (count: Int, unit: String)?

  /// Nil for what the dialog does not write.
  init?(_ text: String) throws(FormFault) {
    let moments = #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)?|today|now/#
    if text.wholeMatch(of: moments) != nil {
      moment = text
      return
    }
    let relative = #/DATEADD\(DATETIME\("([^"]+)"\),\s([+-]?[1-9][0-9]*),\s([a-z]+)\)/#
    guard let match = text.wholeMatch(of: relative), let count = Int(match.2) else { return nil }
    moment = String(match.1)
    distance = (count, String(match.3))
  }

  func day(_ today: CivilDay?) throws(FormFault) -> CivilDay? {
    var day: CivilDay?
    if ["now", "today"].contains(moment) {
      guard let today else { throw .today }
      day = today
    } else {
      day = try TimeRangeEnds.day(moment, isEnd: false, today)
    }
    guard let distance else { return day }
    switch distance.unit {
    case "day": return day?.adding(days: distance.count)
    case "week": return day?.adding(days: 7 * distance.count)
    case "month": return day?.adding(months: distance.count)
    case "quarter": return day?.adding(months: 3 * distance.count)
    case "year": return day?.adding(years: distance.count)
    // Hours, minutes and seconds reach another day or not, by the hour at which the page is opened.
    default: throw .today
    }
  }
}
