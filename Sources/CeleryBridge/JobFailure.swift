// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues

/// Why a job failed, as its `.error` says it, in the words of Celery.
struct JobFailure {
  private let document: JSONValue

  init(_ document: JSONValue) { self.document = document }

  /// The end of the task's log; where it has written none, what it fails with.
  func traceback(of exception: CeleryException) -> String {
    let log = document["stderr"]?.stringValue ?? ""
    return log.isEmpty ? "\(exception)\n" : log
  }

  var hasExpired: Bool { document["verdict"] == "expired" }

  /// What the task's first error calls itself; else what Celery's worker would say of such an end.
  func exception(of message: CeleryMessage) -> CeleryException {
    let text = document["message"]?.stringValue ?? ""
    if let told = document["errors"]?.arrayValue?.first, let type = told["exc_type"]?.stringValue {
      let words = told["exc_message"] ?? told["message"] ?? .string(text)
      return CeleryException(
        type: type, arguments: words.arrayValue ?? [words],
        module: told["exc_module"]?.stringValue ?? "builtins")
    }
    switch document["verdict"]?.stringValue {
    case "timed out":
      // SIGTERM is what the soft limit sends, whether there is a hard one behind it or not.
      let isHard = document["signal"] == "SIGKILL"
      return message.timeLimit.flatMap { isHard ? .timeLimitExceeded(seconds: $0) : nil }
        ?? .softTimeLimitExceeded
    case "crashed", "poison": return .workerLost(text)
    default: return .taskError(text)
    }
  }
}
