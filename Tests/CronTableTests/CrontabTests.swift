// SPDX-License-Identifier: MIT
import CronTable
import Testing

@Suite struct CrontabTests {
  private func read(_ text: String) -> Crontab {
    Crontab(Array(text.utf8), zones: Schedules.zones, localZone: .utc, catchUp: 3600)
  }

  private func complaints(_ text: String) -> [String] {
    read(text).badLines.map { "\($0.number): \($0.error)" }
  }

  @Test func `comments and empty lines ask for nothing, and lines are counted with them`() {
    let crontab = read("# one\n\n  \t\n  # four\n0 0 * * * q\r\n")
    #expect(crontab.lines.map(\.number) == [5])
    #expect(crontab.lines.map(\.command) == ["q"])
    #expect(crontab.badLines.isEmpty)
  }

  @Test(arguments: [
    ("0 0 * * * q {\"a\": [1,  2]}", "0 0 * * *", "q {\"a\": [1,  2]}"),
    ("\t0  0 * * *\tq", "0 0 * * *", "q"),
    ("@daily q {}", "@daily", "q {}"),
    ("*/5 0 0 * * * q", "*/5 0 0 * * *", "q"),
    ("0 0 0 * * mon-fri q {}", "0 0 0 * * mon-fri", "q {}"),
    ("0 0 * * * {\"task\": \"q\"}", "0 0 * * *", "{\"task\": \"q\"}"),
    // A queue of such a name, as long as nothing follows it.
    ("0 0 * * * mon", "0 0 * * *", "mon"),
    ("0 0 * * *", "0 0 * * *", ""),
  ])
  func `a line is an expression and what is to be done`(
    _ line: String, _ expression: String, _ command: String
  ) throws {
    let read = try #require(read(line).lines.first)
    #expect(read.schedule.expression.text == expression)
    #expect(read.command == command)
  }

  @Test
  func `an assignment holds for the lines below, one in front of an expression for that line`()
    throws
  {
    let crontab = read(
      """
      0 0 * * * a
      CRON_TZ=Europe/Berlin
      0 0 * * * b
      CRON_TZ=Asia/Kolkata CATCH_UP=never 0 0 * * * c
      CATCH_UP = "2d"
      0 0 * * * d {"x": "A=b"}
      """)
    #expect(crontab.badLines.isEmpty)
    #expect(
      crontab.lines.map(\.zone) == [nil, "Europe/Berlin", "Asia/Kolkata", "Europe/Berlin"])
    #expect(crontab.lines.map(\.catchUp) == [3600, 3600, 0, 172_800])
    let midnight = try Schedules.instant("2027-01-01T12:00")
    #expect(
      crontab.lines.map { $0.schedule.next(after: midnight).map { $0 % 86400 } }
        == [0, 82800, 66600, 82800])
  }

  @Test func `a bad line is told with its number and keeps no other one from its work`() {
    let text = "61 * * * * a\n0 0 * * * b\nMAILTO=me\nCATCH_UP=soon\n0 0 30 2 * c\n@never d\n"
    #expect(read(text).lines.map(\.command) == ["b"])
    #expect(
      complaints(text) == [
        "1: minute '61': it is not a number from 0 to 59",
        "3: there is no setting 'MAILTO', but CRON_TZ and CATCH_UP",
        "4: CATCH_UP 'soon' is not a time as 90, 10m, 2h or 1d, nor 'never'",
        "5: no day of any year is in these days, months and weekdays",
        "6: there is no '@never', but @hourly @daily @midnight @weekly @monthly @yearly @annually",
      ])
  }

  @Test func `below a zone that there is not no line runs in another one`() {
    let text = "CRON_TZ=Europe/Atlantis\n0 0 * * * a\nCRON_TZ=UTC\n0 0 * * * b\n"
    #expect(read(text).lines.map(\.command) == ["b"])
    #expect(
      complaints(text) == [
        "1: there is no time zone 'Europe/Atlantis'", "2: there is no time zone 'Europe/Atlantis'",
      ])
  }

  @Test func `a line that is not UTF-8 is told, the others are read`() {
    let bytes = Array("0 0 * * * q {\"a\": \"".utf8) + [0xFF] + Array("\"}\n0 1 * * * q\n".utf8)
    let crontab = Crontab(bytes, zones: Schedules.zones, localZone: .utc, catchUp: 0)
    #expect(crontab.lines.map(\.number) == [2])
    #expect(crontab.badLines.map { "\($0.error)" } == ["it is not UTF-8"])
  }
}
