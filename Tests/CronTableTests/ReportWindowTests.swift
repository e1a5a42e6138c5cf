// SPDX-License-Identifier: MIT
import CronTable
import SystemCalls
import Testing

/// Superset's own cases, where it is right, and what is decided otherwise here.
@Suite struct ReportWindowTests {
  private func window(
    _ moment: String, _ cron: String, _ zone: String = "UTC"
  ) throws -> [String] {
    let triggered = try #require(Timestamp(iso8601: moment))
    return try ReportWindow(
      triggeredAt: triggered.seconds, cron: cron, timezone: zone, in: Schedules.zones
    ).instants.map(InstantText.extended)
  }

  @Test(arguments: [
    ("2020-01-01T08:59:30Z", false), ("2020-01-01T08:59:31Z", true),
    ("2020-01-01T08:59:59Z", true), ("2020-01-01T09:00:00Z", true),
    ("2020-01-01T09:00:01Z", true), ("2020-01-01T09:00:29Z", true),
    // Superset's dead second: the trigger before had been too early, and the next one is too late.
    ("2020-01-01T09:00:30Z", true), ("2020-01-01T09:00:30.001Z", false),
  ])
  func `a trigger has the runs of the half minute around it`(
    _ moment: String, _ isDue: Bool
  ) throws {
    let runs = try window(moment, "0 1 * * *", "America/Los_Angeles")
    #expect(runs == (isDue ? ["2020-01-01T09:00:00Z"] : []))
  }

  @Test func `triggers a minute apart have each run once, whatever second they come at`() throws {
    for second in 0..<60 {
      var runs: [String] = []
      for minute in 0..<10 {
        let start = try Schedules.instant("2020-01-01T08:55:00Z")
        let moment = Double(start + 60 * minute) + Double(second) + 0.25
        runs += try ReportWindow(
          triggeredAt: moment, cron: "* * * * *", timezone: "UTC", in: Schedules.zones
        ).instants.map(InstantText.extended)
      }
      #expect(runs.count == 10 && Set(runs).count == 10, "second \(second)")
    }
  }

  @Test(arguments: [
    ("2020-01-01T00:00:00Z", "@daily", ["2020-01-01T00:00:00Z"]),
    ("2020-01-01T00:00:00Z", "0 0 1 * mon", ["2020-01-01T00:00:00Z"]),
    ("2020-01-01T00:00:00Z", "0 0 * * * 15", ["2020-01-01T00:00:15Z"]),
    ("2020-01-01T00:00:35Z", "* * * * *", ["2020-01-01T00:01:00Z"]),
    (
      "2020-01-01T00:00:00Z", "* * * * * 10,20,40",
      ["2019-12-31T23:59:40Z", "2020-01-01T00:00:10Z", "2020-01-01T00:00:20Z"]
    ),
  ])
  func `expressions are read as Superset's croniter does`(
    _ moment: String, _ cron: String, _ expected: [String]
  ) throws {
    #expect(try window(moment, cron) == expected)
  }

  @Test func `a daily report comes once on the days on which clocks are changed`() throws {
    let zone = "America/Los_Angeles"
    // Superset loses it: 02:30 is not shown on that day.
    #expect(try window("2020-03-08T10:00:00Z", "30 2 * * *", zone) == ["2020-03-08T10:00:00Z"])
    #expect(try window("2020-03-08T10:30:00Z", "30 2 * * *", zone).isEmpty)
    // Superset sends it twice.
    #expect(try window("2020-11-01T08:30:00Z", "30 1 * * *", zone) == ["2020-11-01T08:30:00Z"])
    #expect(try window("2020-11-01T09:30:00Z", "30 1 * * *", zone).isEmpty)
  }

  @Test func `an unknown zone is UTC, and is told`() throws {
    let window = try ReportWindow(
      triggeredAt: 1_577_836_800, cron: "0 0 * * *", timezone: "Mars/Olympus", in: Schedules.zones)
    #expect(window.instants == [1_577_836_800])
    #expect(window.fellBackToUTC)
    let known = try ReportWindow(
      triggeredAt: 1_577_836_800, cron: "0 0 * * *", timezone: "UTC", in: Schedules.zones)
    #expect(!known.fellBackToUTC)
  }

  @Test func `a bad expression is an error of its own schedule`() {
    #expect(throws: CronError.self) {
      try ReportWindow(triggeredAt: 0, cron: "x", timezone: "UTC", in: Schedules.zones)
    }
  }
}
