// SPDX-License-Identifier: MIT

/// A moment as Python's datetime knows it: microseconds since 1970-01-01 00:00 UTC.
package struct CeleryInstant: Hashable, Comparable, Sendable {
  package let microseconds: Int64

  /// From the year 1 to 9999, as Python has it; what is beyond counts as the first or the last moment.
  package init(microseconds: Int64) {
    self.microseconds = min(max(microseconds, Self.first), Self.last)
  }

  private static let first: Int64 = -62_135_596_800_000_000
  private static let last: Int64 = 253_402_300_799_999_999
  private static let day: Int64 = 86_400_000_000

  package static func < (left: CeleryInstant, right: CeleryInstant) -> Bool {
    left.microseconds < right.microseconds
  }

  package static func + (moment: CeleryInstant, seconds: Double) -> CeleryInstant {
    let pause = (seconds * 1e6).rounded(.toNearestOrEven)
    let limit = Double(last - first)
    guard pause > -limit else { return CeleryInstant(microseconds: first) }
    guard pause < limit else { return CeleryInstant(microseconds: last) }
    return CeleryInstant(microseconds: moment.microseconds + Int64(pause))
  }

  /// As `datetime.isoformat()` gives it in UTC: `2026-11-23T21:44:02.391018+00:00`, a whole second without a fraction.
  package var isoformat: String {
    let days = Int(Self.floor(microseconds, Self.day))
    let rest = Int(microseconds - Int64(days) * Self.day)
    let (year, month, date) = Self.civil(days)
    let (seconds, fraction) = rest.quotientAndRemainder(dividingBy: 1_000_000)
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { Self.padded($0, 2) }
    return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(date, 2))T"
      + time.joined(separator: ":") + (fraction == 0 ? "" : "." + Self.padded(fraction, 6))
      + "+00:00"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
    (number - (number % divisor + divisor) % divisor) / divisor
  }

  /// Days since 1970 as year, month and day of the Gregorian calendar, in eras of 400 years that begin in March.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = Int(floor(Int64(shifted), 146_097))
    let dayOfEra = shifted - era * 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let isNextYear = month >= 10
    return (year + era * 400 + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3, day)
  }

  /// The days since 1970 of a date; nil where the month does not have that day.
  static func days(year: Int, month: Int, day: Int) -> Int? {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    let found = civil(days)
    return found.month == month && found.day == day ? days : nil
  }
}
