// SPDX-License-Identifier: MIT
import NotificationTasks
import Notifications
import SupersetConfiguration
import SystemCalls
import TaskContract
import TaskRuntime

/// Why somebody gets nothing, and what the exit status says of it.
enum NotifyFailure: TaskFailure {
  case missing(String)
  case malformed(String)
  case unknownFile(String)
  case file(SystemError)
  case output(SystemError)
  case configuration(ConfigurationError)
  case notification(NotificationError)

  var verdict: Verdict {
    switch self {
    case .missing, .malformed, .unknownFile: .badInput
    case .file: .noInput
    case .output: .cannotCreate
    case .configuration: .badConfiguration
    case .notification(let error): error.verdict
    }
  }

  var description: String {
    switch self {
    case .missing(let member): "the request has no \(member)"
    case .malformed(let member): "the request's \(member) is not what it has to be"
    case .unknownFile(let path): "unable to send \(path): it is neither .png nor .csv nor .pdf"
    case .file(let error), .output(let error): "\(error)"
    case .configuration(let error): "\(error)"
    case .notification(let error): "\(error)"
    }
  }
}
