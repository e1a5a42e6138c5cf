// SPDX-License-Identifier: MIT
import CronTable
import JSONValues
import SupersetConfiguration
import SupersetMetadata
import SystemCalls

/// The job that runs a schedule at an instant: its name says which, so that there is one of it.
struct ReportOrder {
  static let task = "reports.execute"

  let timing: ReportTiming
  /// Unix time.
  let instant: Int
  private let settings: ReportSettings

  init(_ timing: ReportTiming, at instant: Int, _ settings: ReportSettings) {
    self.timing = timing
    self.instant = instant
    self.settings = settings
  }

  /// `report-3@20261129T090000Z`
  var name: String { "report-\(timing.id)@\(InstantText.basic(instant))" }

  var envelope: JSONObject {
    var envelope: JSONObject = [
      "task": .string(Self.task), "kwargs": ["report_schedule_id": .integer(timing.id)],
      "eta": .string(eta),
    ]
    if settings.killsOverdue, let timeout = timing.workingTimeout, Self.limits.contains(timeout) {
      envelope["soft_time_limit"] = .integer(timeout + settings.softLag)
      envelope["time_limit"] = .integer(timeout + max(settings.hardLag, settings.softLag))
    }
    return envelope
  }

  /// Seconds; who says more, as people may, means no limit, and a spool takes none of more than a century.
  private static let limits = 1...1_000_000_000

  private var eta: String { Timestamp(seconds: Double(instant)).iso8601 }
}
