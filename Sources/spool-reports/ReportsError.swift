// SPDX-License-Identifier: MIT
import ReportTasks
import SpoolCommands
import SupersetTasks
import SystemCalls
import TaskContract
import TaskRuntime

/// What keeps `spool reports` from its work.
enum ReportsError: TaskFailure {
  case usage(String)
  case superset(SupersetTaskError)
  case report(ReportTaskError)
  case command(CommandError)
  case output(SystemError)

  var verdict: Verdict {
    switch self {
    case .usage: .usage
    case .superset(let error): error.verdict
    case .report(let error): error.verdict
    case .command(let error): error.verdict
    case .output: .cannotCreate
    }
  }

  var description: String {
    switch self {
    case .usage(let reason): reason
    case .superset(let error): "\(error)"
    case .report(let error): "\(error)"
    case .command(let error): "\(error)"
    case .output(let error): "\(error)"
    }
  }
}
