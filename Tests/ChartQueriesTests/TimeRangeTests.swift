// SPDX-License-Identifier: MIT
import Testing

@testable import ChartQueries

struct TimeRangeTests {
  @Test(arguments: [
    ("2024-01-01 : 2024-02-01", "2024-01-01 00:00:00", "2024-02-01 00:00:00"),
    ("2024-01-01T10:20:30 : ", "2024-01-01 10:20:30", nil),
    (" : 1969-12-31 23:59", nil, "1969-12-31 23:59:00"),
    ("No filter", nil, nil), (" : ", nil, nil),
    ("1999 : 2001", "1999-01-01 00:00:00", "2001-01-01 00:00:00"),
  ])
  func `absolute ranges are read as written`(_ text: String, _ from: String?, _ to: String?) throws
  {
    let range = try TimeRange(text)
    #expect(range.from?.text == from)
    #expect(range.to?.text == to)
  }

  @Test(arguments: ["Last week", "2024-01-01", "yesterday : today", "2024-02-30 : ", ""])
  func `what is not understood is an error that shows it`(_ text: String) {
    #expect(throws: ChartQueryError.unsupported("the time range '\(text)'")) { try TimeRange(text) }
  }

  @Test func `a range cannot end before it begins`() {
    #expect(throws: ChartQueryError.self) { try TimeRange("2024-02-01 : 2024-01-01") }
  }

  @Test(arguments: [0, -1, 951_782_400, -62_135_596_800, 253_402_300_799, 68_169_600])
  func `a time is its own text`(_ seconds: Int) throws {
    let time = CivilTime(microseconds: seconds * 1_000_000)
    #expect(try #require(CivilTime(time.text)) == time)
  }

  @Test func `milliseconds are computed as Python computes them`() throws {
    let time = try #require(CivilTime("2024-01-02 03:04:05.678901"))
    #expect(time.epochMilliseconds == 1704164645678.901)
  }
}
