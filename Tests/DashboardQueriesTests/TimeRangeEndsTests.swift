// SPDX-License-Identifier: MIT
import Testing

@testable import DashboardQueries

struct TimeRangeEndsTests {
  private static let today = CivilDay(year: 2024, month: 5, day: 15)

  @Test(arguments: [
    ("1980-01-01 : 2009-01-01", 10_593), ("1990 : 2000", 3652), ("2024-02 : 2024-03", 29),
    ("2024-01-01T00:00:00 : 2024-01-31T12:00:00", 30), ("Last day", 1), ("Last week", 7),
    ("Last month", 30), ("Last quarter", 90), ("Last year", 366),
    ("previous calendar week", 7), ("previous calendar month", 30),
    ("previous calendar year", 365), ("2 weeks ago : 3 days ago", 11),
    ("3 months ago : 1 year ago", -276), ("No filter", 0), ("", 0), ("soon : 1970-01-08", 7),
    (#"DATEADD(DATETIME("2024-03-01T00:00:00"), -2, week) : 2024-03-01T00:00:00"#, 14),
    (#"DATEADD(DATETIME("now"), -1, quarter) : now"#, 90),
    (#"DATEADD(DATETIME("today"), -1, month) : DATEADD(DATETIME("today"), +1, year)"#, 395),
  ])
  func `the days between both ends are counted as the page counts them`(
    _ range: String, _ days: Int
  ) throws {
    let ends = try TimeRangeEnds(range, today: Self.today)
    #expect(ends.end.number - ends.start.number == days)
  }

  @Test(arguments: ["Last week", "1 day ago : now", "2020-01-01 : now"])
  func `what counts from the day cannot be told without it`(_ range: String) {
    #expect(throws: FormFault.today) { try TimeRangeEnds(range, today: nil) }
  }

  @Test func `a range that ends now depends on the hour`() {
    #expect(throws: FormFault.today) { try TimeRangeEnds("2020-01-01 : now", today: Self.today) }
  }

  @Test(arguments: [
    (1970, 1, 1, 0), (2000, 2, 29, 11_016), (1969, 12, 31, -1), (2024, 14, 1, 20_120),
    (2024, 0, 31, 19_722), (2023, 2, 29, 19_417),
  ])
  func `days that run over go on in the next month`(
    _ year: Int, _ month: Int, _ day: Int, _ number: Int
  ) {
    let found = CivilDay(year: year, month: month, day: day)
    #expect(found.number == number)
    let parts = found.parts
    #expect(CivilDay(year: parts.year, month: parts.month, day: parts.day) == found)
  }
}
