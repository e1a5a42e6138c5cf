// SPDX-License-Identifier: MIT
import JSONValues

/// A Python exception as results hold it; `AsyncResult.get()` raises it again.
///
/// Where the client has imported the module and finds the class there, it makes one of it with these arguments; else it makes
/// up a class of that name. A class that is no exception is refused by the client.
package struct CeleryException: Hashable, Sendable, CustomStringConvertible {
  /// The class, `KeyError`.
  package var type: String
  package var arguments: [JSONValue]
  package var module: String?

  package init(type: String, arguments: [JSONValue] = [], module: String? = "builtins") {
    self.type = type
    self.arguments = arguments
    self.module = module
  }

  init?(_ value: JSONValue) {
    guard let type = value["exc_type"]?.stringValue else { return nil }
    let message = value["exc_message"] ?? .string("")
    self.init(
      type: type, arguments: message.arrayValue ?? [message],
      module: value["exc_module"]?.stringValue)
  }

  package var json: JSONValue {
    [
      "exc_type": .string(type), "exc_message": .array(arguments),
      "exc_module": module.map(JSONValue.string) ?? .null,
    ]
  }

  /// As in a log: `KeyError("k")`.
  package var description: String {
    "\(type)(\(arguments.map(\.text).joined(separator: ", ")))"
  }

  /// - Parameter reason: `revoked`, `terminated`, `expired`, as Celery has it.
  package static func revoked(_ reason: String) -> CeleryException {
    CeleryException(
      type: "TaskRevokedError", arguments: [.string(reason)], module: "celery.exceptions")
  }

  /// The hard limit; what Celery's worker stores after it has killed the process.
  package static func timeLimitExceeded(seconds: Double) -> CeleryException {
    let limit = Int(exactly: seconds).map(JSONValue.integer) ?? .double(seconds)
    return CeleryException(
      type: "TimeLimitExceeded", arguments: [limit], module: "billiard.exceptions")
  }

  /// The soft limit, of which a task was told and did not take care.
  package static let softTimeLimitExceeded = CeleryException(
    type: "SoftTimeLimitExceeded", module: "billiard.exceptions")

  /// The process died by a signal that nobody here sent.
  package static func workerLost(_ message: String) -> CeleryException {
    CeleryException(
      type: "WorkerLostError", arguments: [.string(message)], module: "billiard.exceptions")
  }
}
