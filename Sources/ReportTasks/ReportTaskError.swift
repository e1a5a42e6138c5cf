// SPDX-License-Identifier: MIT
import JSONValues
import Reports
import SupersetTasks
import SystemCalls
import TaskContract
import TaskRuntime

/// Why a report was not sent, or its schedule not looked at, and what then becomes of the job.
package enum ReportTaskError: TaskFailure {
  case malformed(reason: String)
  case superset(SupersetTaskError)
  case system(SystemError)
  /// As Superset says it, and what lies behind it.
  case failed(ReportFailure, causes: [String], Verdict)

  package var verdict: Verdict {
    switch self {
    case .malformed: .badInput
    case .superset(let error): error.verdict
    case .system: .ioError
    case .failed(_, _, let verdict): verdict
    }
  }

  package var description: String {
    switch self {
    case .malformed(let reason): "the job is malformed: \(reason)"
    case .superset(let error): "\(error)"
    case .system(let error): "\(error)"
    case .failed(let failure, let causes, _):
      ([Self.sentence(failure, causes)] + causes).joined(separator: ": ")
    }
  }

  /// Superset's, without its full stop where more follows.
  private static func sentence(_ failure: ReportFailure, _ causes: [String]) -> String {
    let text = failure.description
    return !causes.isEmpty && text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  package var errors: [JSONValue] {
    var error: JSONObject = ["message": .string(description)]
    if case .failed(let failure, _, _) = self {
      error["error_type"] = .string(failure.name)
      error["status"] = .integer(failure.status)
    }
    return [.object(error)]
  }
}
