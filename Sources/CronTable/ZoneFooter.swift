// SPDX-License-Identifier: MIT

/// The last line of a TZif file: `CET-1CEST,M3.5.0,M10.5.0/3`, as POSIX writes the variable TZ.
struct ZoneFooter {
  let standardOffset: Int
  /// Nil where nothing changes.
  private(set) var rule: YearlyRule?

  /// Nil for what is no such text.
  init?(_ text: String) {
    var reader = Reader(rest: Substring(text).utf8)
    guard reader.skipName(), let west = reader.time() else { return nil }
    standardOffset = -west
    guard !reader.rest.isEmpty else { return }
    guard reader.skipName() else { return nil }
    var summerOffset = standardOffset + 3600
    if reader.rest.first != UInt8(ascii: ",") {
      guard let west = reader.time() else { return nil }
      summerOffset = -west
    }
    guard let begin = reader.moment(), let end = reader.moment(), reader.rest.isEmpty else {
      return nil
    }
    rule = YearlyRule(
      standardOffset: standardOffset, summerOffset: summerOffset, summerBegins: begin,
      summerEnds: end)
  }

  private struct Reader {
    var rest: Substring.UTF8View

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    /// `CET` or `<+0330>`.
    mutating func skipName() -> Bool {
      if skip("<") {
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
        rest = rest[rest.index(after: end)...]
        return true
      }
      let letters = rest.prefix { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
      rest = rest.dropFirst(letters.count)
      return letters.count >= 3
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time() -> Int? {
      let sign = skip("-") ? -1 : 1
      if sign == 1 { _ = skip("+") }
      guard let hours = number() else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] {
        guard skip(":") else { break }
        guard let value = number() else { return nil }
        seconds += value * unit
      }
      return sign * seconds
    }

    /// `,Mm.w.d`, `,Jn` or `,n`, each with `/time` or without.
    mutating func moment() -> YearlyRule.Moment? {
      guard skip(","), let day = day() else { return nil }
      guard skip("/") else { return .init(day: day, time: 7200) }
      return time().map { .init(day: day, time: $0) }
    }

    private mutating func day() -> YearlyRule.Moment.Day? {
      if skip("M") {
        guard let month = number(), skip("."), let week = number(), skip("."),
          let weekday = number(), (1...12).contains(month), (1...5).contains(week), weekday < 7
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
      }
      let isJulian = skip("J")
      guard let number = number(), number <= 365 else { return nil }
      return isJulian ? .julian(number) : .ofYear(number)
    }

    private mutating func number() -> Int? {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(digits.count)
      guard digits.count < 5 else { return nil }
      return Int(String(decoding: digits, as: UTF8.self))
    }
  }
}
