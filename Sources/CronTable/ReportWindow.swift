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
    let expression = try CronExpression(cron, .superset)
    let zone: ZoneRules
    do {
      zone = try zones.rules(of: timezone)
      fellBackToUTC = false
    } catch {
      guard case .noSuchZone = error else { throw error }
      zone = .utc
      fellBackToUTC = true
    }
    instants = CronSchedule(expression, in: zone).instants(
      from: Self.wholeSecond(triggeredAt - width / 2),
      below: Self.wholeSecond(triggeredAt + width / 2))
  }

  /// The first whole second that is not earlier.
  private static func wholeSecond(_ moment: Double) -> Int {
    Int(max(-1e12, min(1e12, moment.rounded(.up))))
  }
}
