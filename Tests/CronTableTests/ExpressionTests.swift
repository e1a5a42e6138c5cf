// SPDX-License-Identifier: MIT
import CronTable
import SystemCalls
import Testing

@Suite struct ExpressionTests {
  /// The first runs after the beginning of 2027, a Friday.
  private func first(
    _ count: Int, _ cron: String, _ dialect: CronDialect = .crontab,
    after start: String = "2026-12-31T23:59:59Z"
  ) throws -> [String] {
    let schedule = try Schedules.schedule(cron, "UTC", dialect)
    var runs: [String] = []
    var last = try Schedules.instant(start)
    while runs.count < count, let next = schedule.next(after: last) {
      // Without the year and the seconds, which are always the same here.
      runs.append(String(InstantText.extended(next).dropFirst(5)))
      last = next
    }
    return runs
  }

  private func days(_ count: Int, _ cron: String, _ dialect: CronDialect = .crontab) throws
    -> [String]
  {
    try first(count, cron, dialect).map { String($0.prefix(5)) }
  }

  @Test(arguments: [
    ("5 4 * * *", ["01-01T04:05:00Z", "01-02T04:05:00Z"]),
    ("*/25 * * * *", ["01-01T00:00:00Z", "01-01T00:25:00Z", "01-01T00:50:00Z", "01-01T01:00:00Z"]),
    ("7,3 1-2 * * *", ["01-01T01:03:00Z", "01-01T01:07:00Z", "01-01T02:03:00Z"]),
    ("10-20/5 0 * * *", ["01-01T00:10:00Z", "01-01T00:15:00Z", "01-01T00:20:00Z"]),
    ("50/5 0 * * *", ["01-01T00:50:00Z", "01-01T00:55:00Z", "01-02T00:50:00Z"]),
    ("59/5 0 * * *", ["01-01T00:59:00Z", "01-02T00:59:00Z"]),
    ("08 09 * * *", ["01-01T09:08:00Z"]),
    ("30 5-5 * * *", ["01-01T05:30:00Z", "01-02T05:30:00Z"]),
  ])
  func `numbers, lists, ranges and steps mean what crontab(5) says`(
    _ cron: String, _ expected: [String]
  ) throws {
    #expect(try first(expected.count, cron) == expected)
  }

  @Test func `names are as good as numbers, in either case`() throws {
    #expect(try days(3, "0 0 1 JAN,mar-May *") == ["01-01", "03-01", "04-01"])
    #expect(try days(3, "0 0 * * Mon-wed") == ["01-04", "01-05", "01-06"])
    #expect(try days(2, "0 0 * * 0") == ["01-03", "01-10"])
    #expect(try days(2, "0 0 * * 7") == ["01-03", "01-10"])
    #expect(try days(2, "0 0 * * 5-7") == ["01-01", "01-02"])
    #expect(try days(8, "0 0 * * 0-7").count == 8)
  }

  @Test(arguments: [
    ("0 22-1 * * *", ["01-01T00:00:00Z", "01-01T01:00:00Z", "01-01T22:00:00Z", "01-01T23:00:00Z"]),
    ("50-10/10 0 * * *", ["01-01T00:00:00Z", "01-01T00:10:00Z", "01-01T00:50:00Z"]),
    ("50-10/15 0 * * *", ["01-01T00:05:00Z", "01-01T00:50:00Z", "01-02T00:05:00Z"]),
    ("0 0 1 nov-feb/2 *", ["01-01T00:00:00Z", "11-01T00:00:00Z", "01-01T00:00:00Z"]),
    ("0 0 * * sat-mon", ["01-02T00:00:00Z", "01-03T00:00:00Z", "01-04T00:00:00Z"]),
    ("0 0 30-1 * *", ["01-01T00:00:00Z", "01-30T00:00:00Z", "01-31T00:00:00Z", "02-01T00:00:00Z"]),
  ])
  func `a range may wrap around, and its step goes on behind the end`(
    _ cron: String, _ expected: [String]
  ) throws {
    #expect(try first(expected.count, cron) == expected)
  }

  @Test(arguments: [
    ("@hourly", "0 * * * *"), ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"),
    ("@weekly", "0 0 * * 0"), ("@monthly", "0 0 1 * *"), ("@yearly", "0 0 1 1 *"),
    ("@Annually", "0 0 1 1 *"),
  ])
  func `a name stands for its expression`(_ name: String, _ cron: String) throws {
    #expect(try first(5, name) == first(5, cron))
  }

  @Test func `L is the last day of the month, L5 and 5L its last Friday`() throws {
    #expect(try days(3, "0 0 L * *") == ["01-31", "02-28", "03-31"])
    #expect(try days(3, "0 0 15,L 2 *") == ["02-15", "02-28", "02-15"])
    #expect(try days(3, "0 0 30-L 1,2 *") == ["01-30", "01-31", "01-30"])
    for cron in ["L5", "5L", "lfri", "FriL"] {
      #expect(try days(3, "0 0 * * \(cron)") == ["01-29", "02-26", "03-26"])
    }
    #expect(try days(2, "0 0 * * L7") == ["01-31", "02-28"])
  }

  @Test func `# is the nth such weekday of the month`() throws {
    #expect(try days(3, "0 0 * * fri#2") == ["01-08", "02-12", "03-12"])
    #expect(try days(3, "0 0 * * 5#5") == ["01-29", "04-30", "07-30"])
    #expect(try days(3, "0 0 * * mon-tue#1") == ["01-04", "01-05", "02-01"])
    #expect(try days(4, "0 0 * * 1#1,sun") == ["01-03", "01-04", "01-10", "01-17"])
    #expect(try days(2, "0 0 * * 7#1") == ["01-03", "02-07"])
  }

  @Test func `where day of month and day of week both restrict, either is enough`() throws {
    #expect(try days(4, "0 0 10 * fri") == ["01-01", "01-08", "01-10", "01-15"])
    #expect(try days(2, "0 0 10 * *") == ["01-10", "02-10"])
    #expect(try days(2, "0 0 ? * fri") == ["01-01", "01-08"])
    #expect(try days(2, "0 0 10 * ?") == ["01-10", "02-10"])
    #expect(try days(3, "0 0 1 * fri#2") == ["01-01", "01-08", "02-01"])
    #expect(try days(3, "0 0 L * mon#1") == ["01-04", "01-31", "02-01"])
  }

  @Test func `a day field that begins with a star restricts nobody but itself, save for Superset`()
    throws
  {
    // Every second day that is a Friday; every second day, and every Friday.
    #expect(try days(3, "0 0 */2 * fri") == ["01-01", "01-15", "01-29"])
    #expect(try days(4, "0 0 */2 * fri", .superset) == ["01-01", "01-03", "01-05", "01-07"])
    #expect(try days(5, "0 0 */2 * fri", .superset).last == "01-08")
    #expect(try days(2, "0 0 *,9 * fri", .superset) == ["01-01", "01-08"])
  }

  @Test func `six fields have seconds, in front or, for Superset, behind`() throws {
    #expect(
      try first(3, "*/20 1 * * * *") == ["01-01T00:01:00Z", "01-01T00:01:20Z", "01-01T00:01:40Z"])
    #expect(
      try first(2, "0 0 * * * 15", .superset) == ["01-01T00:00:15Z", "01-02T00:00:15Z"])
    #expect(Schedules.error("0 0 * * * 15")?.hasPrefix("day of week '15'") == true)
  }

  @Test(arguments: [
    ("60 * * * *", "minute '60': it is not a number from 0 to 59"),
    ("* 24 * * *", "hour '24': it is not a number from 0 to 23"),
    ("* * 0 * *", "day of month '0': it is not a number from 1 to 31"),
    ("* * * 13 *", "month '13': it is not a number from 1 to 12, nor a name from jan to dec"),
    ("* * * jam *", "month 'jam': it is not a number from 1 to 12, nor a name from jan to dec"),
    ("* * * * 8", "day of week '8': it is not a number from 0 to 7, nor a name from sun to sat"),
    ("61 0 * * * *", "second '61': it is not a number from 0 to 59"),
    ("1-x * * * *", "minute '1-x': 'x' is not a number from 0 to 59"),
    ("*/0 * * * *", "minute '*/0': the step is not a number from 1"),
    ("*/x * * * *", "minute '*/x': the step is not a number from 1"),
    ("1,,2 * * * *", "minute '1,,2': a list has an empty item"),
    ("-5 * * * *", "minute '-5': '' is not a number from 0 to 59"),
    ("+5 * * * *", "minute '+5': it is not a number from 0 to 59"),
    ("* ? * * *", "hour '?': it is not a number from 0 to 23"),
    ("* * ?,1 * *", "day of month '?': it is not a number from 1 to 31"),
    ("* * * * 5#6", "day of week '5#6': behind # stands a number from 1 to 5"),
    ("* * * * L", "day of week 'l': L needs its weekday, as in L5, the last Friday"),
    ("* * 15W * *", "day of month '15w': it is not a number from 1 to 31"),
    ("* * * *", "an expression has 5 fields, or 6 with seconds, and not 4"),
    ("* * * * * * *", "an expression has 5 fields, or 6 with seconds, and not 7"),
    ("", "an expression has 5 fields, or 6 with seconds, and not 0"),
    (
      "999999999999999999999 * * * *",
      "minute '999999999999999999999': it is not a number from 0 to 59"
    ),
    ("0 0 30 2 *", "no day of any year is in these days, months and weekdays"),
    ("0 0 31 2,4,6,9,11 *", "no day of any year is in these days, months and weekdays"),
  ])
  func `an error names the field and what is wrong`(_ cron: String, _ expected: String) {
    #expect(Schedules.error(cron) == expected)
  }

  @Test func `an unknown name is told, with those that there are`() {
    #expect(
      Schedules.error("@reboot")
        == "there is no '@reboot', but @hourly @daily @midnight @weekly @monthly @yearly @annually")
  }

  @Test func `leap days come when they come, however far away`() throws {
    #expect(
      try Schedules.runs("0 0 29 2 *", from: "2095-01-01", to: "2110-01-01") == [
        "2096-02-29T00:00:00Z", "2104-02-29T00:00:00Z", "2108-02-29T00:00:00Z",
      ])
    // 2000 was a leap year, 1900 was none.
    #expect(try Schedules.runs("0 0 29 2 *", from: "1999-01-01", to: "2001-01-01").count == 1)
    #expect(try Schedules.runs("0 0 29 2 *", from: "1897-01-01", to: "1903-01-01").isEmpty)
    // The 29th of February is a Monday every 28 years, with a gap where a century has no leap day.
    #expect(
      try Schedules.runs("0 0 ? 2 mon#5", from: "2027-01-01", to: "2200-01-01") == [
        "2044-02-29T00:00:00Z", "2072-02-29T00:00:00Z", "2112-02-29T00:00:00Z",
        "2140-02-29T00:00:00Z", "2168-02-29T00:00:00Z", "2196-02-29T00:00:00Z",
      ])
  }

  @Test(arguments: [Int.min, -1_000_000_000_000, 0, 1_000_000_000_000, .max])
  func `no instant is too far away to be asked about`(_ instant: Int) throws {
    let schedule = try Schedules.schedule("0 0 29 2 *", "Europe/Berlin")
    let next = try #require(schedule.next(after: instant))
    let previous = try #require(schedule.previous(before: instant))
    #expect(previous < next)
  }
}
