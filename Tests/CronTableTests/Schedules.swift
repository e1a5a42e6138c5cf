// SPDX-License-Identifier: MIT
import CronTable
import SystemCalls
import Testing

/// Schedules and instants as these tests write them.
enum Schedules {
  static let zones = TimeZones { ZoneInfo.bytes(of: $0) }

  static func schedule(
    _ cron: String, _ zone: String = "UTC", _ dialect: CronDialect = .crontab
  ) throws -> CronSchedule {
    CronSchedule(try CronExpression(cron, dialect), in: try zones.rules(of: zone))
  }

  static func instant(_ text: String) throws -> Int {
    Int(try #require(Timestamp(iso8601: text), "\(text)").seconds)
  }

  /// The runs from one moment on and before another one, in UTC.
  static func runs(
    _ cron: String, _ zone: String = "UTC", from start: String, to end: String,
    _ dialect: CronDialect = .crontab
  ) throws -> [String] {
    let schedule = try schedule(cron, zone, dialect)
    let (first, last) = (try instant(start), try instant(end))
    let runs = schedule.instants(from: first, below: last)
    // The way back finds the same.
    var back: [Int] = []
    var before = last
    while let run = schedule.previous(before: before), run >= first {
      back.append(run)
      before = run
    }
    #expect(back.reversed() == runs, "\(cron) in \(zone), backwards")
    return runs.map(InstantText.extended)
  }

  static func error(_ cron: String, _ dialect: CronDialect = .crontab) -> String? {
    do throws(CronError) {
      _ = try CronExpression(cron, dialect)
      return nil
    } catch {
      return "\(error)"
    }
  }
}
