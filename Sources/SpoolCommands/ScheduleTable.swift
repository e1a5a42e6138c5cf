// SPDX-License-Identifier: MIT
import CronTable
import JobSchedule
import SpoolProtocol
import SystemCalls

/// The crontab of a spool, as `spool cron ls` prints it.
package struct ScheduleTable {
  package let lines: [String]
  /// Whether each line can be carried out.
  package let isSound: Bool

  /// - Parameter timeZone: `$TZ`.
  package init(of spool: Spool, timeZone: String?, at now: Timestamp) throws(CommandError) {
    let zone: ZoneRules
    do { zone = try LineSet.localZone(timeZone) } catch { throw .timeZone(error) }
    let entries: [ScheduleEntry]
    let isRunning: Bool
    do throws(SystemError) {
      entries = try ScheduleEntry.all(of: spool, localZone: zone, at: now)
      isRunning = try LifeLock.isHeld(spool.layout.clockLock)
    } catch {
      throw .system(error)
    }
    isSound = entries.allSatisfy { $0.problem == nil }
    lines =
      TextTable.lines([Self.columns] + entries.map(Self.cells))
      + [isRunning ? "spool-cron is running" : "no spool-cron is running: nothing is dropped"]
  }

  private static let columns = ["LINE", "QUEUE", "EXPRESSION", "ZONE", "LAST", "NEXT", ""]

  private static func cells(_ entry: ScheduleEntry) -> [String] {
    [
      "\(entry.number)", entry.queue?.text ?? "-", entry.expression, entry.zone ?? "local",
      entry.last.map(InstantText.extended) ?? "-", entry.next.map(InstantText.extended) ?? "-",
      entry.problem ?? "",
    ]
  }
}
