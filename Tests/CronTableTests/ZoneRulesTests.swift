// SPDX-License-Identifier: MIT
import CronTable
import SpoolTesting
import SystemCalls
import Testing

@Suite struct ZoneRulesTests {
  /// A file of version 2 without changes of its own, and with this last line.
  private func file(_ footer: String, version: UInt8 = 0x32) -> [UInt8] {
    let header = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
    let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
    let body: [UInt8] = [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
    let block = header + counts + body
    return block + block + Array("\n\(footer)\n".utf8)
  }

  private func offset(_ footer: String, at moment: String) throws -> Int {
    try TimeZones.rules(from: file(footer), of: "test").offset(at: Schedules.instant(moment))
  }

  @Test(arguments: [
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2030-03-31T00:59:59Z", 3600),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2030-03-31T01:00:00Z", 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2030-10-27T00:59:59Z", 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2030-10-27T01:00:00Z", 3600),
    // Ireland's winter time is the exception there.
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2030-07-01T00:00:00Z", 3600),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2030-01-01T00:00:00Z", 0),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2030-01-01T00:00:00Z", 39600),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2030-03-31T00:59:59Z", -7200),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2030-03-31T01:00:00Z", -3600),
    ("EET-2EEST,M4.5.5/0,M10.5.4/24", "2030-10-31T20:59:59Z", 10800),
    ("EET-2EEST,M4.5.5/0,M10.5.4/24", "2030-10-31T21:00:00Z", 7200),
    // The first of March, by both ways of counting, in a leap year.
    ("AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 3600),
    ("AAA0BBB,J60/0,J300/0", "2028-02-29T23:59:59Z", 0),
    ("AAA0BBB,59/0,300/0", "2028-02-29T00:00:00Z", 3600),
    // Summer all the year round, as RFC 9636 writes it.
    ("XXX3EDT4,0/0,J365/23", "2030-01-01T00:00:00Z", -14400),
    ("XXX3EDT4,0/0,J365/23", "2030-07-01T00:00:00Z", -14400),
    ("IST-5:30", "2030-07-01T00:00:00Z", 19800),
  ])
  func `the last line of a zone's file is read as POSIX writes it`(
    _ footer: String, _ moment: String, _ expected: Int
  ) throws {
    #expect(try offset(footer, at: moment) == expected)
  }

  @Test(arguments: [
    "CET", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "C-1", "<+01-1", "CET-1x",
    "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,J366,J1",
  ])
  func `a last line that is none is refused`(_ footer: String) {
    #expect(throws: CronError.badZone("test", reason: "its last line is '\(footer)'")) {
      try TimeZones.rules(from: file(footer), of: "test")
    }
  }

  @Test func `a file that was cut off at any place is refused`() throws {
    let whole = try #require(ZoneInfo.bytes(of: "Europe/Berlin"))
    #expect(whole.count > 500)
    for count in stride(from: 0, to: whole.count - 1, by: 7) {
      #expect(throws: CronError.self, "\(count)") {
        try TimeZones.rules(from: Array(whole.prefix(count)), of: "cut")
      }
    }
  }

  @Test func `whatever bytes a file has, reading it ends`() throws {
    var whole = try #require(ZoneInfo.bytes(of: "Africa/Casablanca"))
    for index in 0..<min(whole.count, 600) {
      let byte = whole[index]
      whole[index] = byte ^ 0xFF
      // Refused or not: it neither traps nor hangs.
      if let rules = try? TimeZones.rules(from: whole, of: "bent") {
        _ = rules.offset(at: 2_000_000_000)
        _ = CronSchedule(try CronExpression("30 2 * * *"), in: rules).next(after: 1_800_000_000)
      }
      whole[index] = byte
    }
  }

  @Test(arguments: ["Europe/Atlantis", "../../../etc/passwd", "/etc/localtime", "", "Europe"])
  func `a name that is no zone is told`(_ name: String) {
    #expect(throws: CronError.noSuchZone(name)) { try Schedules.zones.rules(of: name) }
  }

  @Test func `offsets are those that date(1) shows, through all of a zone's history`() throws {
    let shell = Shell(directory: "/")
    for zone in ["Europe/Berlin", "Africa/Casablanca", "Pacific/Apia", "US/Eastern"] {
      let rules = try Schedules.zones.rules(of: zone)
      let instants = stride(from: -3_000_000_000, to: 4_900_000_000, by: 98_765_431)
      let shown = try #require(
        shell.run(
          "for t in \(instants.map(String.init).joined(separator: " ")); do echo @$t; done"
            + " | TZ=\(zone) date -f - +%::z"))
      let ours = instants.map { instant in
        let offset = rules.offset(at: instant)
        let parts = [abs(offset) / 3600, abs(offset) / 60 % 60, abs(offset) % 60]
        return (offset < 0 ? "-" : "+")
          + parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
      }
      #expect(shown.split(separator: "\n").map(String.init) == ours, "\(zone)")
    }
  }
}
