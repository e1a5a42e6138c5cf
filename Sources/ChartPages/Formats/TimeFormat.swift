// SPDX-License-Identifier: MIT

/// A time format as Superset's charts name it: d3's directives, or adaptive.
struct TimeFormat: Hashable {
  /// Patterns by the coarsest unit that an instant is the beginning of.
  private struct Adaptive: Hashable {
    let millisecond, second, minute, hour, day, week, month, year: String
  }

  private enum Kind: Hashable {
    case pattern(TimePattern)
    case adaptive(Adaptive)
  }

  private let kind: Kind

  private init(_ adaptive: Adaptive) { kind = .adaptive(adaptive) }

  init(pattern: String) { kind = .pattern(TimePattern(pattern)) }

  /// Nothing and blanks mean the adaptive format.
  init(_ name: String?) {
    // Times of the viewer's own place: whoever looks at a picture has none.
    let name = String((name ?? "").trimmingPrefix("local!"))
    switch name {
    case "", "smart_date", "finest_temporal_grain": self = .smart
    case "smart_date_verbose": self = .verbose
    case "smart_date_detailed": self = .detailed
    case "database_datetime": self.init(pattern: "%Y-%m-%d %H:%M:%S")
    default: self.init(pattern: name)
    }
  }

  static let smart = TimeFormat(
    Adaptive(
      millisecond: ".%L", second: ":%S", minute: "%I:%M", hour: "%I %p", day: "%a %d",
      week: "%b %d", month: "%B", year: "%Y"))

  static let verbose = TimeFormat(
    Adaptive(
      millisecond: ".%L", second: "%a %b %d %Y, %I:%M:%S %p", minute: "%a %b %d %Y, %I:%M %p",
      hour: "%a %b %d %Y, %I %p", day: "%a %b %-e %Y", week: "%a %b %-e %Y", month: "%b %Y",
      year: "%Y"))

  static let detailed = TimeFormat(
    Adaptive(
      millisecond: "%Y-%m-%d %H:%M:%S.%L", second: "%Y-%m-%d %H:%M:%S",
      minute: "%Y-%m-%d %H:%M", hour: "%Y-%m-%d %H:%M", day: "%Y-%m-%d", week: "%Y-%m-%d",
      month: "%Y-%m-%d", year: "%Y"))

  /// How the beginnings of such spans are written.
  static func of(grain: String?) -> TimeFormat? {
    switch grain {
    case "P1D", "P1W", "P7D", "1969-12-28T00:00:00Z/P1W", "1969-12-29T00:00:00Z/P1W":
      TimeFormat(pattern: "%Y-%m-%d")
    case "P1M": TimeFormat(pattern: "%b %Y")
    case "P3M", "P0.25Y": TimeFormat(pattern: "%Y Q%q")
    case "P1Y": TimeFormat(pattern: "%Y")
    case "PT1H", "PT30M", "PT15M", "PT10M", "PT5M", "PT1M":
      TimeFormat(pattern: "%Y-%m-%d %H:%M")
    case "PT1S": TimeFormat(pattern: "%Y-%m-%d %H:%M:%S")
    default: nil
    }
  }

  /// What is no date is written as the number that it is.
  func text(_ milliseconds: Double) -> String {
    guard let time = CivilTime(milliseconds: milliseconds) else {
      return ScriptNumber.text(milliseconds)
    }
    switch kind {
    case .pattern(let pattern): return pattern.text(time)
    case .adaptive(let patterns): return TimePattern(Self.choice(of: patterns, time)).text(time)
    }
  }

  private static func choice(of patterns: Adaptive, _ time: CivilTime) -> String {
    if time.millisecond != 0 { return patterns.millisecond }
    if time.second != 0 { return patterns.second }
    if time.minute != 0 { return patterns.minute }
    if time.hour != 0 { return patterns.hour }
    if time.dayOfMonth != 1 { return time.weekday == 0 ? patterns.week : patterns.day }
    return time.month != 1 ? patterns.month : patterns.year
  }
}
