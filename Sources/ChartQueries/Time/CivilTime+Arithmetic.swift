// SPDX-License-Identifier: MIT

/// The units in which Superset counts time; a quarter is three months.
enum TimeUnit: String, Hashable, Sendable {
  case second, minute, hour, day, week, month, quarter, year

  /// In any case, and in the plural too.
  init?(word: some StringProtocol) {
    let word = word.lowercased()
    guard let unit = TimeUnit(rawValue: word) ?? TimeUnit(rawValue: String(word.dropLast())),
      word == unit.rawValue || word == unit.rawValue + "s"
    else { return nil }
    self = unit
  }

  /// Nil for units whose length varies.
  fileprivate var seconds: Int? {
    switch self {
    case .second: 1
    case .minute: 60
    case .hour: 3_600
    case .day: 86_400
    case .week: 604_800
    case .month, .quarter, .year: nil
    }
  }

  fileprivate var months: Int {
    switch self {
    case .year: 12
    case .quarter: 3
    default: 1
    }
  }
}

extension CivilTime {
  /// Microseconds of the years 1 to 9999; sums with what lies far beyond would not fit into an integer.
  static let reach = -62_135_596_800_000_000...253_402_300_799_999_999

  /// Nil beyond the years 1 to 9999; where a month is too short for the day, its last day.
  func adding(_ count: Int, _ unit: TimeUnit) -> CivilTime? {
    let (amount, isTooLarge) = count.multipliedReportingOverflow(
      by: unit.seconds.map { $0 * 1_000_000 } ?? unit.months)
    guard !isTooLarge else { return nil }
    if unit.seconds != nil {
      let (sum, overflow) = microseconds.addingReportingOverflow(amount)
      return overflow || !Self.reach.contains(sum) ? nil : CivilTime(microseconds: sum)
    }
    let parts = calendar
    let (month, overflow) = (parts.year * 12 + parts.month - 1).addingReportingOverflow(amount)
    guard !overflow else { return nil }
    let year = month.flooredQuotient(12)
    let monthOfYear = month - year * 12 + 1
    guard (1...9999).contains(year) else { return nil }
    let day = min(parts.day, Self.days(inMonth: monthOfYear, of: year))
    let date = CivilTime(year: year, month: monthOfYear, day: day)
    return date.map { CivilTime(microseconds: $0.microseconds + parts.microsecondOfDay) }
  }

  /// The beginning of its unit; weeks begin on Monday.
  func truncated(to unit: TimeUnit) -> CivilTime {
    if let seconds = unit.seconds, unit != .week {
      let step = seconds * 1_000_000
      return CivilTime(microseconds: microseconds.flooredQuotient(step) * step)
    }
    let parts = calendar
    let month =
      switch unit {
      case .year: 1
      case .quarter: (parts.month - 1) / 3 * 3 + 1
      default: parts.month
      }
    if unit == .week {
      let day = 86_400 * 1_000_000
      // 1970-01-01 was a Thursday.
      let days = microseconds.flooredQuotient(day)
      let weekday = (days + 3) - (days + 3).flooredQuotient(7) * 7
      return CivilTime(microseconds: (days - weekday) * day)
    }
    return CivilTime(year: parts.year, month: month) ?? self
  }
}
