// SPDX-License-Identifier: MIT
import CronTable
import SpoolCommands
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskRuntime

/// The schedules as a table, a line each.
struct ReportList {
  private let superset: SupersetSession
  private let console: Console

  init(_ context: TaskContext, _ console: Console) throws(ReportsError) {
    self.console = console
    do { superset = try SupersetSession(context) } catch { throw .superset(error) }
  }

  func show() throws(ReportsError) {
    var rows = [
      ["ID", "KIND", "NAME", "CRONTAB", "ZONE", "STATE", "LAST RUN", "NEXT RUN", "LAST ERROR"]
    ]
    let now = Int(SystemClock.now().seconds)
    let zones = TimeZones { ZoneInfo.bytes(of: $0) }
    do throws(MetadataError) {
      for schedule in try superset.metadata.reports() {
        let outcome = try superset.metadata.outcome(ofReport: schedule.id)
        rows.append(cells(schedule, outcome, next(schedule, zones, after: now)))
      }
    } catch { throw .superset(.metadata(error)) }
    let lines = TextTable.lines(rows).map { $0 + "\n" }
    console.print(Array(lines.joined().utf8))
  }

  private func cells(
    _ schedule: ReportSchedule, _ outcome: ReportOutcome, _ next: String
  ) -> [String] {
    // What never ran is kept as not triggered.
    let state = outcome.lastRun == nil ? "never ran" : schedule.lastState ?? "never ran"
    return [
      "\(schedule.id)", schedule.kind.rawValue, plain(schedule.name), plain(schedule.crontab),
      plain(schedule.timezone), plain(state), outcome.lastRun.map(Self.text) ?? "-", next,
      outcome.lastError.map(plain) ?? "",
    ]
  }

  private func next(_ schedule: ReportSchedule, _ zones: TimeZones, after now: Int) -> String {
    guard schedule.isActive else { return "inactive" }
    do {
      let rules = try ReportRules(
        cron: schedule.crontab, timezone: schedule.timezone, in: zones)
      return rules.schedule.next(after: now).map(InstantText.extended) ?? "never"
    } catch { return "\(error)" }
  }

  private static func text(_ moment: Timestamp) -> String {
    InstantText.extended(Int(moment.seconds))
  }

  /// On one line, no order to a terminal, and no longer than leaves a table of the others.
  private func plain(_ text: String) -> String {
    let head = text.unicodeScalars.prefix(Self.longest)
    let plain = String(
      String.UnicodeScalarView(
        head.map { scalar in scalar.properties.generalCategory == .control ? " " : scalar }))
    return head.endIndex == text.unicodeScalars.endIndex ? plain : plain + "..."
  }

  /// Longer than names and crontabs are, shorter than what a traceback says.
  private static let longest = 150
}
