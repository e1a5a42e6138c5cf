// SPDX-License-Identifier: MIT

/// What the makers of crons do not agree on.
package enum CronDialect: Sendable, CaseIterable {
  /// crontab(5): a day field that begins with `*` is no restriction, `*/2` included. Seconds, where there are any, stand
  /// first.
  case crontab
  /// croniter as Superset calls it: a day field is no restriction where it is `*` alone. Seconds stand last.
  case superset

  /// The fields of an expression of six, in their order.
  var sixFields: [CronField] {
    switch self {
    case .crontab: [.second] + Self.fiveFields
    case .superset: Self.fiveFields + [.second]
    }
  }

  static let fiveFields: [CronField] = [.minute, .hour, .dayOfMonth, .month, .dayOfWeek]
}
