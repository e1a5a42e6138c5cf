// SPDX-License-Identifier: MIT

/// On which days of its months an expression is due: day of month and day of week.
struct DayRule: Hashable, Sendable {
  var daysOfMonth = NumberSet()
  /// `L`: whichever the last one is.
  var hasLastDay = false
  var weekdays = NumberSet()
  /// `fri#2`: bit 7 * (2 - 1) + 5.
  var nthWeekdays = NumberSet()
  /// `L5`: the last Friday of the month.
  var lastWeekdays = NumberSet()
  /// Where both fields restrict the days, either is enough; otherwise a day has to be in both.
  var eitherIsEnough = false

  func contains(_ date: CivilDate, weekday: Int) -> Bool {
    let isDay = daysOfMonth.contains(date.day) || (hasLastDay && date.day == date.daysInMonth)
    // Most days are decided by one of them.
    if isDay == eitherIsEnough { return isDay }
    return isWeekday(date, weekday)
  }

  private func isWeekday(_ date: CivilDate, _ weekday: Int) -> Bool {
    if weekdays.contains(weekday) { return true }
    if nthWeekdays.contains(Self.nth((date.day - 1) / 7 + 1, weekday)) { return true }
    return lastWeekdays.contains(weekday) && date.day + 7 > date.daysInMonth
  }

  static func nth(_ number: Int, _ weekday: Int) -> Int { 7 * (number - 1) + weekday }
}
