// SPDX-License-Identifier: MIT

/// Instants as ISO 8601 writes them, in UTC, to the second.
package enum InstantText {
  /// `2026-11-25T00:30:00Z`
  package static func extended(_ instant: Int) -> String { text(instant, "-", ":") }

  /// `20261125T003000Z`, which may stand in a name.
  package static func basic(_ instant: Int) -> String { text(instant, "", "") }

  /// Reads what ``basic(_:)`` writes, and nothing else.
  package static func instant(basic text: some StringProtocol) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else {
      return nil
    }
    func number(_ range: Range<Int>) -> Int? {
      bytes[range].allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        ? Int(String(decoding: bytes[range], as: UTF8.self)) : nil
    }
    guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
      let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15),
      (1...12).contains(month), hour < 24, minute < 60, second < 60
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    guard (1...date.daysInMonth).contains(day) else { return nil }
    return date.number * secondsPerDay + hour * 3600 + minute * 60 + second
  }

  private static func text(_ instant: Int, _ dash: String, _ colon: String) -> String {
    let day = instant.divided(by: secondsPerDay)
    let second = instant - day * secondsPerDay
    let date = CivilDate(number: day)
    let calendar = [padded(date.year, 4), padded(date.month, 2), padded(date.day, 2)]
    let clock = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }
    return calendar.joined(separator: dash) + "T" + clock.joined(separator: colon) + "Z"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
