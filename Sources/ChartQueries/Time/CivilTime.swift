// SPDX-License-Identifier: MIT

/// A moment of the Gregorian calendar in no time zone, as Superset's dates are: microseconds since 1970.
package struct CivilTime: Hashable, Comparable, Sendable {
  package let microseconds: Int

  package init(microseconds: Int) { self.microseconds = microseconds }

  /// Nil for a day or an hour that does not exist.
  package init?(
    year: Int, month: Int = 1, day: Int = 1, hour: Int = 0, minute: Int = 0, second: Int = 0,
    microsecond: Int = 0
  ) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...Self.days(inMonth: month, of: year)).contains(day), (0..<24).contains(hour),
      (0..<60).contains(minute), (0..<60).contains(second)
    else { return nil }
    let seconds = Self.day(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
    microseconds = seconds * 1_000_000 + microsecond
  }

  package static func < (left: CivilTime, right: CivilTime) -> Bool {
    left.microseconds < right.microseconds
  }

  /// Milliseconds since 1970, computed as Python does, so that the last digit is the same.
  package var epochMilliseconds: Double { Double(microseconds) / 1_000_000 * 1_000 }

  /// `2024-01-02 03:04:05`
  package var text: String {
    let (date, time) = parts
    return "\(Self.padded(date.year, 4))-\(Self.padded(date.month))-\(Self.padded(date.day)) "
      + "\(Self.padded(time / 3_600)):\(Self.padded(time / 60 % 60)):\(Self.padded(time % 60))"
  }

  /// `.678901`, always six digits.
  var fraction: String {
    "." + Self.padded(microseconds - microseconds.flooredQuotient(1_000_000) * 1_000_000, 6)
  }

  /// For sums of months: the date, and what is left of the day.
  var calendar: (year: Int, month: Int, day: Int, microsecondOfDay: Int) {
    let day = microseconds.flooredQuotient(86_400_000_000)
    let date = Self.date(ofDay: day)
    return (date.year, date.month, date.day, microseconds - day * 86_400_000_000)
  }

  private var parts: (date: (year: Int, month: Int, day: Int), secondOfDay: Int) {
    let seconds = microseconds.flooredQuotient(1_000_000)
    let day = seconds.flooredQuotient(86_400)
    return (Self.date(ofDay: day), seconds - day * 86_400)
  }

  package static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970-01-01; years begin in March here, so that the leap day is the last.
  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = shifted.flooredQuotient(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int {
  /// Rounded down, also below zero: dates before 1970 need it.
  func flooredQuotient(_ divisor: Int) -> Int {
    self / divisor - (self % divisor < 0 ? 1 : 0)
  }
}
