// SPDX-License-Identifier: MIT
import Testing

@testable import ChartPages

/// Times as d3 and Superset write them.
struct TimeFormatTests {
  @Test func `a time is written as d3 writes it`() throws {
    let cases = try Recorded.cases("time-formats")
    #expect(cases.count > 500)
    for item in cases {
      let pattern = try #require(item[0].stringValue)
      let milliseconds = try #require(item[1].doubleValue)
      let time = try #require(CivilTime(milliseconds: milliseconds))
      let text = TimePattern(pattern).text(time)
      #expect(text == item[2].stringValue, "\(pattern) of \(item[1].text)")
    }
  }

  @Test(arguments: [
    (1_704_067_200_000, "2024"), (1_706_745_600_000, "February"), (1_704_585_600_000, "Jan 07"),
    (1_704_153_600_000, "Tue 02"), (1_704_157_200_000, "01 AM"), (1_704_157_260_000, "01:01"),
    (1_704_157_261_000, ":01"), (1_704_157_261_005, ".005"),
  ])
  func `adaptive names the finest unit that a time has`(_ milliseconds: Double, _ text: String) {
    #expect(TimeFormat("smart_date").text(milliseconds) == text)
  }

  /// 2023 begins with a Sunday, 2024 with a Monday.
  @Test func `a week begins on Sunday or on Monday`() {
    let weeks = TimeFormat("%U %W")
    #expect(weeks.text(CivilTime.milliseconds(2023, 1, 1)) == "01 00")
    #expect(weeks.text(CivilTime.milliseconds(2023, 1, 2)) == "01 01")
    #expect(weeks.text(CivilTime.milliseconds(2024, 1, 1)) == "00 01")
    #expect(weeks.text(CivilTime.milliseconds(2024, 12, 31)) == "52 53")
  }

  @Test func `what is no date stays a number`() {
    #expect(TimeFormat("%Y").text(1e300) == "1e+300")
    #expect(TimeFormat("%Y").text(.nan) == "NaN")
    #expect(TimeFormat("local!%Y").text(0) == "1970")
  }

  @Test func `days are counted through leap years and centuries`() {
    for day in stride(from: -800_000, through: 800_000, by: 7919) {
      let time = CivilTime(milliseconds: Double(day) * CivilTime.day)
      let back = time.map { CivilTime.dayNumber($0.year, $0.month, $0.dayOfMonth) }
      #expect(back == day)
    }
    #expect(CivilTime.dayNumber(2024, 14, 1) == CivilTime.dayNumber(2025, 2, 1))
    #expect(CivilTime.dayNumber(2024, -1, 1) == CivilTime.dayNumber(2023, 11, 1))
  }
}
