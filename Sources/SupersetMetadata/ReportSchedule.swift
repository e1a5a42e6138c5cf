// SPDX-License-Identifier: MIT
import SystemCalls

/// A row of `report_schedule`: what is looked at, when, for whom, and how the last run ended.
package struct ReportSchedule: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case report = "Report"
    case alert = "Alert"
  }

  package let id: Int
  package let kind: Kind
  package let name: String
  package let description: String?
  package let isActive: Bool
  package let crontab: String
  package let timezone: String
  /// `PNG`, `PDF`, `CSV` or `TEXT`, as it stands there.
  package let format: String
  /// What an alert asks.
  package let sql: String?
  package let chart: Int?
  package let dashboard: Int?
  /// Where an alert asks it.
  package let database: Int?
  /// As it stands there; nil for a schedule that never ran.
  package let lastState: String?
  package let lastEvaluated: Timestamp?
  package let lastValue: Double?
  package let lastValueRow: String?
  /// `not null` or `operator`, as it stands there.
  package let validator: String?
  /// JSON: `{"op": "<", "threshold": 1}`.
  package let validatorSettings: String?
  /// Seconds in which an alert that was told is not told again, and owners are not told again of errors.
  package let gracePeriod: Int?
  /// Seconds after which a run is given up.
  package let workingTimeout: Int?
  /// JSON: `{"dashboard": {...}}`, the state in which a dashboard is shown.
  package let extra: String?
  /// Whether the charts are computed anew.
  package let isForced: Bool
  package let customWidth: Int?
  package let customHeight: Int?
  package let emailSubject: String?
}

/// As much of a schedule as the clock needs.
package struct ReportTiming: Hashable, Sendable {
  package let id: Int
  package let name: String
  package let crontab: String
  package let timezone: String
  /// Seconds after which a run is given up.
  package let workingTimeout: Int?

  package init(id: Int, name: String, crontab: String, timezone: String, workingTimeout: Int?) {
    self.id = id
    self.name = name
    self.crontab = crontab
    self.timezone = timezone
    self.workingTimeout = workingTimeout
  }
}

/// A row of `report_recipient`.
package struct ReportRecipient: Hashable, Sendable {
  package let id: Int
  /// `Email`, `Slack`, `SlackV2` or `Webhook`, as it stands there.
  package let type: String
  /// JSON: `{"target": "..."}`.
  package let settings: String
}
