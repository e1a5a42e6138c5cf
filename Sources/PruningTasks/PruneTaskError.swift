// SPDX-License-Identifier: MIT
import SQLDatabases
import SupersetTasks
import TaskContract
import TaskRuntime

/// Why rows are left that should have gone, and what then becomes of the job.
package enum PruneTaskError: TaskFailure, Hashable {
  case superset(SupersetTaskError)
  case database(SQLError)
  case noRetention
  case badArgument(String, value: String, expected: String)
  /// SIGTERM has come.
  case brokenOff(gone: Int, of: Int?)
  /// The logs of all others are pruned.
  case schedules([ScheduleFailure])

  /// Why the log of one report schedule is as it was, or nearly.
  package struct ScheduleFailure: Hashable, Sendable {
    let id: Int
    let reason: String
    let verdict: Verdict
  }

  package var verdict: Verdict {
    switch self {
    case .superset(let error): error.verdict
    case .database(let error): error.verdict
    case .noRetention, .badArgument: .badInput
    // Another attempt goes on where this one was.
    case .brokenOff: .tryLater
    case .schedules(let failures): failures.first?.verdict ?? .bug
    }
  }

  package var description: String {
    switch self {
    case .superset(let error): return "\(error)"
    case .database(let error): return "\(error)"
    case .noRetention:
      return "the job has no retention_period_days: for how many days rows are kept"
    case .badArgument(let name, let value, let expected):
      return "\(name) is \(value), and not \(expected)"
    case .brokenOff(let gone, let total):
      let whole = total.map { " of \($0.grouped)" } ?? ""
      return "broken off: \(gone.grouped)\(whole) rows are gone"
    case .schedules(let failures):
      return failures.map { "report schedule \($0.id): \($0.reason)" }.joined(separator: "; ")
    }
  }
}

extension SQLError {
  /// Whether the next statement would meet the same, whatever it is about.
  var concernsAll: Bool {
    switch self {
    case .statement, .refused: false
    case .unsupported, .missing, .locked, .malformed, .interrupted, .failed, .unavailable, .denied,
      .notWritable, .helper:
      true
    }
  }
}

extension Int {
  /// `1,234,567`, as Superset logs numbers of rows.
  var grouped: String {
    var text = ""
    for (place, digit) in String(magnitude).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (self < 0 ? "-" : "") + String(text.reversed())
  }
}
