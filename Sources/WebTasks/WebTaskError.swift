// SPDX-License-Identifier: MIT
import JSONValues
import SupersetTasks
import SupersetWeb
import TaskContract
import TaskRuntime

/// What can keep a task from a running Superset, and what then becomes of its job.
package enum WebTaskError: TaskFailure, Hashable {
  case superset(SupersetTaskError)
  case web(WebFailure)
  case missingSetting(String, reason: String)
  case badAddress
  case malformed(reason: String)

  package var verdict: Verdict {
    switch self {
    case .superset(let error): error.verdict
    case .web(let failure): Self.verdict(failure)
    case .missingSetting, .badAddress: .badConfiguration
    case .malformed: .badInput
    }
  }

  private static func verdict(_ failure: WebFailure) -> Verdict {
    // Not tried again: what is too slow for its limit now is as slow the next time.
    if failure.isCancelled { return .badInput }
    if failure.isTemporary { return .tryLater }
    switch (failure.step, failure.status) {
    case (.request, _): return .badConfiguration
    case (.login, _), (.csrf, _), (_, 403): return .noPermission
    case (.status, 404): return .noInput
    case (.nameResolution, _), (.connect, _), (.tls, _), (.transfer, _): return .protocolError
    case (.status, _), (.chart, _): return .badInput
    }
  }

  package var description: String {
    switch self {
    case .superset(let error): "\(error)"
    case .web(let failure): "\(failure)"
    case .missingSetting(let name, let reason):
      "superset.\(name) is not set in spool.toml: \(reason)"
    // It is not shown: there may be a password in it.
    case .badAddress:
      "superset.webdriver_baseurl is no address of a web server, like http://superset:8088/"
    case .malformed(let reason): "the job is malformed: \(reason)"
    }
  }

  package var errors: [JSONValue] {
    var error: JSONObject = ["message": .string(description)]
    if case .web(let failure) = self {
      error["step"] = .string(failure.step.rawValue)
      if let status = failure.status { error["status_code"] = .integer(status) }
    }
    return [.object(error)]
  }

  package var retryAfter: Int? {
    if case .web(let failure) = self { failure.retryAfter } else { nil }
  }
}
