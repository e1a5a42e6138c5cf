// SPDX-License-Identifier: MIT

/// Superset's `cron_schedule_window`: which runs of a report one trigger of the scheduler stands for.
///
/// The window is half open and as wide as the triggers are apart, so that each run belongs to one of them: a trigger of
/// 09:00:12 has the runs from 08:59:42 on and before 09:00:42.
package struct ReportWindow: Hashable, Sendable {
  /// Unix time, in order.
  package let instants: [Int]
  /// The name of the zone was unknown and UTC was taken, as Superset does; worth a warning.
  package let fellBackToUTC: Bool

  /// - Parameters:
  ///   - triggeredAt: Unix time of the trigger.
  ///   - cron: five fields, or six with the seconds behind them.
  ///   - width: seconds between two triggers.
  package init(
    triggeredAt: Double, cron: String, timezone: String, in zones: TimeZones, width: Double = 60
  ) throws(CronError) {
    try self.init(
      from: triggeredAt - width / 2, below: triggeredAt + width / 2, cron: cron,
      timezone: timezone, in: zones)
  }

  /// - Parameters:
  ///   - start: Unix time; a run at it belongs to the window.
  ///   - end: Unix time; a run at it does not.
  package init(
    from start: Double, below end: Double, cron: String, timezone: String, in zones: TimeZones
  ) throws(CronError) {
    let rules = try ReportRules(cron: cron, timezone: timezone, in: zones)
    fellBackToUTC = rules.fellBackToUTC
    instants = rules.schedule.instants(
      from: Self.wholeSecond(start), below: Self.wholeSecond(end))
  }

  /// The first whole second that is not earlier.
  private static func wholeSecond(_ moment: Double) -> Int {
    Int(max(-1e12, min(1e12, moment.rounded(.up))))
  }
}
