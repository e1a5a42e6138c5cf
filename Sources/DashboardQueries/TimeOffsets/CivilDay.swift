// SPDX-License-Identifier: MIT

/// A day of the calendar, in no time zone.
package struct CivilDay: Hashable, Sendable {
  /// Since the first of January 1970.
  let number: Int

  init(number: Int) { self.number = number }

  /// Months and days beyond their ends run on into the next ones, as in a browser's script.
  package init(year: Int, month: Int, day: Int) {
    let months = year * 12 + month - 1
    let year = months.floored(by: 12) - (months - months.floored(by: 12) * 12 < 2 ? 1 : 0)
    // Counted from March, so that the leap day is the last one of a year.
    let month = (months - months.floored(by: 12) * 12 + 10) % 12
    let era = year.floored(by: 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * month + 2) / 5 + day - 1
    number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// 0 is Sunday.
  var weekday: Int { (number + 4) - (number + 4).floored(by: 7) * 7 }

  var parts: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = shifted.floored(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, day)
  }

  func adding(days: Int = 0, months: Int = 0, years: Int = 0) -> CivilDay {
    let (year, month, day) = parts
    return CivilDay(year: year + years, month: month + months, day: day + days)
  }
}

extension Int {
  fileprivate func floored(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
  }
}
