// SPDX-License-Identifier: MIT
import Testing

@testable import ChartQueries

extension CivilTime {
  /// 2024-05-15 13:45:30, a Wednesday: the moment for which Superset's answers were noted.
  static let test = CivilTime(microseconds: 1_715_780_730_000_000)
}

struct TimeRangeTests {
  private let reader = TimeReader(now: .test, extras: nil)

  @Test(arguments: [
    ("2024-01-01 : 2024-02-01", "2024-01-01 00:00:00", "2024-02-01 00:00:00"),
    ("2024-01-01T10:20:30 : ", "2024-01-01 10:20:30", nil),
    (" : 1969-12-31 23:59", nil, "1969-12-31 23:59:00"),
    ("1999 : 2001", "1999-01-01 00:00:00", "2001-01-01 00:00:00"),
    ("No filter", nil, nil), (" : ", nil, nil), ("", nil, "2024-05-15 00:00:00"),
    ("Last day", "2024-05-14 00:00:00", "2024-05-15 00:00:00"),
    ("Last week", "2024-05-08 00:00:00", "2024-05-15 00:00:00"),
    ("Last month", "2024-04-15 00:00:00", "2024-05-15 00:00:00"),
    ("Last quarter", "2024-02-15 00:00:00", "2024-05-15 00:00:00"),
    ("Last year", "2023-05-15 00:00:00", "2024-05-15 00:00:00"),
    ("Last 7 days", "2024-05-08 00:00:00", "2024-05-15 00:00:00"),
    ("Last 5 minutes", "2024-05-14 23:55:00", "2024-05-15 00:00:00"),
    ("Next 3 days", "2024-05-15 00:00:00", "2024-05-18 00:00:00"),
    ("last 7 days", nil, "2024-05-15 00:00:00"),
    ("previous calendar week", "2024-05-06 00:00:00", "2024-05-13 00:00:00"),
    ("previous calendar month", "2024-04-01 00:00:00", "2024-05-01 00:00:00"),
    ("previous calendar year", "2023-01-01 00:00:00", "2024-01-01 00:00:00"),
    ("previous calendar quarter", nil, "2024-05-15 00:00:00"),
    ("Current week", "2024-05-13 00:00:00", "2024-05-20 00:00:00"),
    ("Current quarter", "2024-04-01 00:00:00", "2024-07-01 00:00:00"),
    ("Current year", "2024-01-01 00:00:00", "2025-01-01 00:00:00"),
    ("5 days ago : today", "2024-05-10 00:00:00", "2024-05-15 00:00:00"),
    ("yesterday : tomorrow", "2024-05-14 00:00:00", "2024-05-16 00:00:00"),
    ("Last week : now", "2024-05-08 00:00:00", "2024-05-15 13:45:30"),
    ("DATEADD(DATETIME('2024-03-31'), -1, MONTH) : ", "2024-02-29 00:00:00", nil),
    (
      "DATETRUNC(DATETIME(\"today\"), week) : LASTDAY(DATETIME('today'), year)",
      "2024-05-13 00:00:00", "2024-12-31 00:00:00"
    ),
  ])
  func `ranges mean what they mean to Superset`(_ text: String, _ from: String?, _ to: String?)
    throws
  {
    let range = try reader.range(text)
    #expect(range.from?.text == from)
    #expect(range.to?.text == to)
  }

  /// recorded/make_times.py has asked Superset.
  @Test
  func
    `every recorded range is read as Superset reads it, or refused as a time that is not understood`()
    throws
  {
    let lines = Recorded.cases("times")
    #expect(lines.count > 150)
    var refused: [String] = []
    for line in lines {
      let text = line["text"]?.stringValue ?? ""
      do {
        let range = try reader.range(text)
        let times = [range.from, range.to].map { $0.map(Self.shown) }
        #expect(line["range"]?.arrayValue?.map(\.stringValue) == times, "\(text)")
      } catch ChartQueryError.unsupported {
        refused.append(text)
      } catch {
        #expect(line["error"] != nil, "\(text): \(error)")
      }
    }
    // Nobody writes these; what would be made of them must not be guessed.
    #expect(refused.count < 25, "\(refused)")
  }

  /// As Python prints a time.
  private static func shown(_ time: CivilTime) -> String {
    time.fraction == ".000000" ? time.text : time.text + time.fraction
  }

  @Test(arguments: [
    "2024-02-01 : 2024-01-01", "DATEADD(DATETIME('now'), 9999999999999999, year) : ",
    "DATEADD(DATETIME('now'), 100000000, day) : ", "100000000 days ago : ",
    "DATETRUNC(DATEADD(DATETIME('now'), -106772000, day), day) : ",
    "DATEADD(DATETIME('now'), -9223372036854775808, second) : ",
    String(repeating: "DATEADD(", count: 100_000) + " : now",
  ])
  func `a range that no calendar holds is an error`(_ text: String) {
    #expect {
      try reader.range(text)
    } throws: {
      "\($0)".hasPrefix("Error: ") || "\($0)".hasPrefix("Request is incorrect: ")
    }
  }

  @Test func `the smallest number of days is no reason to break down`() {
    for side in ["last -9223372036854775808 days", "next -9223372036854775808 days"] {
      #expect(throws: ChartQueryError.self) { try reader.range(side + " : ") }
    }
  }

  @Test func `relative ranges can begin and end now instead of at midnight`() throws {
    let reader = TimeReader(
      now: .test, extras: ["relative_start": "now", "relative_end": "now"])
    let range = try reader.range("Last year")
    #expect(range.from?.text == "2023-05-15 13:45:30")
    #expect(range.to?.text == "2024-05-15 13:45:30")
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
