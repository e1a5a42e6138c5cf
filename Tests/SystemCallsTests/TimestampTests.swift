// SPDX-License-Identifier: MIT
import Glibc
import Testing

@testable import SystemCalls

struct TimestampTests {
  @Test(arguments: [
    ("2030-01-02T03:04:05+00:00", "2030-01-02T03:04:05.000Z"),
    ("2030-01-02T03:04:05.250Z", "2030-01-02T03:04:05.250Z"),
    ("2030-01-02T03:04:05.123456-05:30", "2030-01-02T08:34:05.123Z"),
    ("2030-01-02 03:04", "2030-01-02T03:04:00.000Z"),
    ("2024-02-29", "2024-02-29T00:00:00.000Z"),
    ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"),
  ])
  func `ISO 8601 is read as it is written`(_ text: String, _ utc: String) {
    #expect(Timestamp(iso8601: text)?.iso8601 == utc)
  }

  @Test(arguments: [
    "", "tomorrow", "2030-02-30", "2030-13-01", "2030-01-02T25:00:00", "2030-01-02T03:04:05x",
    "2030-01-02T03:04:05+99:00", "2030-1-2", "20300102T030405", "2030-01-02T",
  ])
  func `anything else is no moment`(_ text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }

  @Test func `a pause later is later by the pause`() {
    let moment = Timestamp(seconds: 1_000_000)
    #expect((moment + .milliseconds(1500)) - moment == .milliseconds(1500))
  }

  @Test(arguments: [
    ("9999-12-31T23:59:59Z", "2262-04-11T23:47:16.854Z"),
    ("0001-01-01T00:00:00Z", "1677-09-21T00:12:43.145Z"),
  ])
  func `a moment beyond the range is its last or first`(_ text: String, _ utc: String) {
    #expect(Timestamp(iso8601: text)?.iso8601 == utc)
  }

  @Test func `the last moment stays the last`() {
    let last = Timestamp(timespec(tv_sec: 15_032_385_535, tv_nsec: 999_999_999))
    let first = Timestamp(seconds: -1e300)
    #expect(last + .seconds(60) == last)
    #expect(Timestamp(last.raw) == last && Timestamp(first.raw) == first)
    #expect(last - first > .seconds(500 * 365 * 86400))
    #expect(Duration.seconds(Int64.max).nanoseconds == .max)
  }
}
