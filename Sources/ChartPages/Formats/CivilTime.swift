// SPDX-License-Identifier: MIT

/// An instant as the calendar of UTC has it.
struct CivilTime {
  static let second: Double = 1000
  static let minute = 60 * second
  static let hour = 60 * minute
  static let day = 24 * hour

  /// What JavaScript's dates can hold; beyond it there is no date.
  private static let limit = 8.64e15

  let year: Int
  /// 1...12.
  let month: Int
  let dayOfMonth: Int
  let hour: Int
  let minute: Int
  let second: Int
  let millisecond: Int
  /// 0 is Sunday.
  let weekday: Int
  /// 0 is the first of January.
  let dayOfYear: Int
  let milliseconds: Double

  init?(milliseconds: Double) {
    guard abs(milliseconds) <= Self.limit else { return nil }
    let whole = milliseconds.rounded(.down)
    self.milliseconds = whole
    let days = Int((whole / Self.day).rounded(.down))
    let rest = Int(whole - Double(days) * Self.day)
    (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60)
    (second, millisecond) = (rest / 1000 % 60, rest % 1000)
    weekday = ((days + 4) % 7 + 7) % 7
    (year, month, dayOfMonth) = Self.date(ofDay: days)
    dayOfYear = days - Self.dayNumber(year, 1, 1)
  }

  /// Days since 1970; a month beyond the year's goes on into the next ones.
  static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let index = month - 1
    let carried = Int((Double(index) / 12).rounded(.down))
    let month = index - carried * 12 + 1
    let year = year + carried - (month <= 2 ? 1 : 0)
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  static func milliseconds(_ year: Int, _ month: Int, _ day: Int) -> Double {
    Double(dayNumber(year, month, day)) * Self.day
  }

  private static func date(ofDay number: Int) -> (Int, Int, Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let index = (5 * dayOfYear + 2) / 153
    let month = index < 10 ? index + 3 : index - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * index + 2) / 5 + 1)
  }
}
