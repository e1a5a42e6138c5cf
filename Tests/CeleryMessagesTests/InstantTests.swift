// SPDX-License-Identifier: MIT
import CeleryMessages
import Testing

@Suite struct InstantTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00+00:00", 0), ("1970-01-01", 0), ("1970-01-01 00:00", 0),
    ("2030-01-02T03:04:05Z", 1_893_553_445_000_000),
    ("2030-01-02T03:04:05", 1_893_553_445_000_000),
    ("2030-01-02T05:04:05.25+02:00", 1_893_553_445_250_000),
    ("2030-01-01T21:34:05.1234567-0530", 1_893_553_445_123_456),
    ("2030-01-02T05:34:50+02:30:45", 1_893_553_445_000_000),
    ("2024-02-29T00:00:00+00:00", 1_709_164_800_000_000),
    ("1969-12-31T23:59:59.999999Z", -1), ("0001-01-01", -62_135_596_800_000_000),
    ("9999-12-31T23:59:59.999999", 253_402_300_799_999_999),
  ])
  func `a moment is read whatever its offset`(_ text: String, _ microseconds: Int64) {
    #expect(CeleryInstant(iso8601: text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "2030", "2030-02-30", "2023-02-29", "2030-13-01", "0000-01-01", "2030-01-02T",
    "2030-01-02T3",
    "2030-01-02T24:00", "2030-01-02T03:60", "2030-01-02T03:04:60", "2030-01-02T03:04:05.",
    "2030-01-02T03:04:05+", "2030-01-02T03:04:05+1", "2030-01-02T03:04:05Zx", "tomorrow",
    "2030-01-02T03:04:05+02:00:00:00", "20300102T030405", "2030-01-02T03:04:05 ",
  ])
  func `what is no moment is none`(_ text: String) {
    #expect(CeleryInstant(iso8601: text) == nil)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00+00:00"), (-1, "1969-12-31T23:59:59.999999+00:00"),
    (1_893_553_445_000_000, "2030-01-02T03:04:05+00:00"),
    (1_893_553_445_000_070, "2030-01-02T03:04:05.000070+00:00"),
    (.max, "9999-12-31T23:59:59.999999+00:00"), (.min, "0001-01-01T00:00:00+00:00"),
  ])
  func `a moment is written as Python writes it`(_ microseconds: Int64, _ text: String) {
    #expect(CeleryInstant(microseconds: microseconds).isoformat == text)
  }

  @Test func `each day reads back as itself`() {
    for day in stride(from: Int64(-719_162), to: 2_932_896, by: 97) {
      let moment = CeleryInstant(microseconds: day * 86_400_000_000 + 12_345_678)
      #expect(CeleryInstant(iso8601: moment.isoformat) == moment)
    }
  }

  @Test func `what is counted from a moment stays within the calendar`() {
    let moment = CeleryInstant(microseconds: 0)
    #expect((moment + 1.5).microseconds == 1_500_000)
    #expect((moment + 1e300).isoformat.hasPrefix("9999"))
    #expect((moment + -1e300).isoformat.hasPrefix("0001"))
    #expect((moment + .infinity).isoformat.hasPrefix("9999"))
    #expect(moment < moment + 0.000_001)
  }
}
