// SPDX-License-Identifier: MIT
import CronTable
import Testing

/// Nights on which clocks are changed.
@Suite struct ChangedClockTests {
  /// A zone, a day on which its clocks skip a time, one on which they show it twice; the time; and the runs.
  struct Night: Sendable, CustomTestStringConvertible {
    let zone: String
    let cron: String
    let from: String
    let to: String
    let runs: [String]

    var testDescription: String { "\(cron) in \(zone) from \(from)" }
  }

  @Test(arguments: [
    Night(
      zone: "Europe/Berlin", cron: "30 2 * * *", from: "2027-03-27", to: "2027-03-30",
      runs: ["2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z"]),
    // Several skipped times are one run.
    Night(
      zone: "Europe/Berlin", cron: "0,15,45 2 * * *", from: "2027-03-28", to: "2027-03-28T22:00",
      runs: ["2027-03-28T01:00:00Z"]),
    // One that is due at the change anyway is not due twice.
    Night(
      zone: "Europe/Berlin", cron: "30 2,3 * * *", from: "2027-03-28", to: "2027-03-28T22:00",
      runs: ["2027-03-28T01:00:00Z", "2027-03-28T01:30:00Z"]),
    Night(
      zone: "America/New_York", cron: "30 2 * * *", from: "2027-03-14", to: "2027-03-15",
      runs: ["2027-03-14T07:00:00Z"]),
    Night(
      zone: "Australia/Lord_Howe", cron: "15 2 * * *", from: "2027-10-02T06:00", to: "2027-10-04",
      runs: ["2027-10-02T15:30:00Z", "2027-10-03T15:15:00Z"]),
    // Where midnight itself is skipped, the day still has its daily run.
    Night(
      zone: "Africa/Cairo", cron: "@daily", from: "2027-04-29", to: "2027-05-01",
      runs: ["2027-04-29T22:00:00Z", "2027-04-30T21:00:00Z"]),
    Night(
      zone: "America/Asuncion", cron: "0 0 * * *", from: "2023-09-30", to: "2023-10-02T12:00",
      runs: ["2023-09-30T04:00:00Z", "2023-10-01T04:00:00Z", "2023-10-02T03:00:00Z"]),
    // A whole day that never was.
    Night(
      zone: "Pacific/Apia", cron: "0 12 30 12 *", from: "2011-01-01", to: "2012-12-01",
      runs: ["2011-12-30T10:00:00Z"]),
  ])
  func `a time of day that clocks skip is due when they skip it`(_ night: Night) throws {
    #expect(
      try Schedules.runs(night.cron, night.zone, from: night.from, to: night.to) == night.runs)
  }

  @Test(arguments: [
    Night(
      zone: "Europe/Berlin", cron: "30 2 * * *", from: "2026-10-24", to: "2026-10-27",
      runs: ["2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]),
    Night(
      zone: "America/New_York", cron: "30 1 * * *", from: "2026-11-01", to: "2026-11-02T06:00",
      runs: ["2026-11-01T05:30:00Z"]),
    Night(
      zone: "Australia/Lord_Howe", cron: "45 1 * * *", from: "2027-04-03T06:00",
      to: "2027-04-04T06:00",
      runs: ["2027-04-03T14:45:00Z"]),
    Night(
      zone: "Africa/Cairo", cron: "30 23 * * *", from: "2027-10-28T12:00", to: "2027-10-29T12:00",
      runs: ["2027-10-28T20:30:00Z"]),
    Night(
      zone: "America/Asuncion", cron: "30 23 * * *", from: "2023-03-25T12:00",
      to: "2023-03-26T12:00",
      runs: ["2023-03-26T02:30:00Z"]),
  ])
  func `a time of day that clocks show twice is due the first time`(_ night: Night) throws {
    #expect(
      try Schedules.runs(night.cron, night.zone, from: night.from, to: night.to) == night.runs)
  }

  @Test(arguments: [
    // Each hour of real time, on short days and on long ones.
    ("0 * * * *", "Europe/Berlin", "2027-03-27T23:00", "2027-03-28T22:00", 23),
    ("0 * * * *", "Europe/Berlin", "2026-10-24T22:00", "2026-10-25T23:00", 25),
    ("*/15 * * * *", "America/New_York", "2026-11-01T04:00", "2026-11-02T05:00", 100),
    ("*/10 2 * * *", "Europe/Berlin", "2027-03-27T23:00", "2027-03-28T22:00", 0),
    ("*/10 2 * * *", "Europe/Berlin", "2026-10-24T22:00", "2026-10-25T23:00", 12),
    ("0 */2 * * *", "Europe/Berlin", "2026-10-24T22:00", "2026-10-25T23:00", 13),
    ("*/30 * * * *", "Australia/Lord_Howe", "2027-04-03T13:00", "2027-04-04T13:30", 49),
    ("*/30 * * * *", "Asia/Kolkata", "2026-10-24T18:30", "2026-10-25T18:30", 48),
    ("* 30 2 * * *", "Europe/Berlin", "2026-10-24T22:00", "2026-10-25T23:00", 120),
  ])
  func `a rhythm goes on: what is skipped is skipped, what comes twice is due twice`(
    _ cron: String, _ zone: String, _ from: String, _ to: String, _ count: Int
  ) throws {
    #expect(try Schedules.runs(cron, zone, from: from, to: to).count == count)
  }

  @Test func `every named time is due once a day, through all changes of fifty years`() throws {
    for zone in ["Europe/Berlin", "America/Asuncion", "Africa/Cairo", "Australia/Lord_Howe"] {
      for cron in ["30 2 * * *", "0 0 * * *", "15 1 * * *", "59 23 * * *"] {
        let runs = try Schedules.schedule(cron, zone).instants(
          from: Schedules.instant("2000-01-01T14:00"), below: Schedules.instant("2050-01-01T14:00"))
        #expect(runs.count == 18263, "\(cron) in \(zone)")
      }
    }
  }

  @Test func `a zone without summer time is a fixed distance`() throws {
    #expect(
      try Schedules.runs("30 5 * * *", "Asia/Kolkata", from: "2026-10-24", to: "2026-10-26") == [
        "2026-10-24T00:00:00Z", "2026-10-25T00:00:00Z",
      ])
  }

  @Test func `what stands behind the last line of the zone's file is calculated from its rule`()
    throws
  {
    #expect(
      try Schedules.runs("0 12 1 1,7 *", "Europe/Berlin", from: "2150-01-01", to: "2151-01-01") == [
        "2150-01-01T11:00:00Z", "2150-07-01T10:00:00Z",
      ])
    // The change itself: the last Sunday of March 2150 is the 29th.
    #expect(
      try Schedules.runs("30 2 29 3 *", "Europe/Berlin", from: "2150-01-01", to: "2151-01-01") == [
        "2150-03-29T01:00:00Z"
      ])
  }

  @Test func `a rhythm that no clock ever shows ends in nothing, and soon`() throws {
    let schedule = try Schedules.schedule("*/5 2 * 3 L7", "Europe/Berlin")
    #expect(schedule.next(after: try Schedules.instant("2027-01-01")) == nil)
  }
}
