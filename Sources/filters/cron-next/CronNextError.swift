// SPDX-License-Identifier: MIT
import CronTable
import TaskContract
import TaskRuntime

/// Why there is nothing to print.
enum CronNextError: TaskFailure, Hashable {
  case usage(String)
  case cron(CronError, String)
  /// Only at times that the zone's clocks never show.
  case neverDue(String)

  var verdict: Verdict {
    switch self {
    case .usage: .usage
    case .cron, .neverDue: .badInput
    }
  }

  var description: String {
    switch self {
    case .usage(let reason): reason
    case .cron(let error, let expression): "unable to read '\(expression)': \(error)"
    case .neverDue(let expression): "'\(expression)' is never due in this zone"
    }
  }
}
