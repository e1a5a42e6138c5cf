// SPDX-License-Identifier: MIT

/// When a report is due, as its schedule says: a crontab in Superset's dialect, in a zone.
package struct ReportRules: Sendable {
  package let schedule: CronSchedule
  /// The name of the zone was unknown and UTC was taken, as Superset does; worth a warning.
  package let fellBackToUTC: Bool

  package init(cron: String, timezone: String, in zones: TimeZones) throws(CronError) {
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
    schedule = CronSchedule(expression, in: zone)
  }
}
