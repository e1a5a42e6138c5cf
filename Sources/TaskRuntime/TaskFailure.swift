// SPDX-License-Identifier: MIT
import JSONValues
import TaskContract

/// An error that knows what becomes of the job; its description is what the user reads.
package protocol TaskFailure: Error, CustomStringConvertible {
  var verdict: Verdict { get }
  /// What whoever waits for the job is told, as the task's clients expect it.
  var errors: [JSONValue] { get }
  /// Seconds before which another attempt is of no use.
  var retryAfter: Int? { get }
  /// Elements with a key and a time, for the reason to be kept there by the cache layer.
  var cache: [JSONValue] { get }
}

extension TaskFailure {
  package var errors: [JSONValue] { [["message": .string("\(self)")]] }
  package var retryAfter: Int? { nil }
  package var cache: [JSONValue] { [] }
}

/// Why a task could not even begin.
package enum TaskStartError: TaskFailure, Hashable {
  case unknownOption(String)
  case missingValue(option: String)
  case unreadableInput(reason: String)
  /// Standard input is not one JSON object.
  case malformedJob(reason: String)
  case tooManyArguments(Int)
  /// What a resident task was sent is no request.
  case malformedRequest(reason: String)

  package var verdict: Verdict {
    switch self {
    case .unknownOption, .missingValue: .usage
    case .unreadableInput: .ioError
    case .malformedJob, .tooManyArguments: .badInput
    case .malformedRequest: .protocolError
    }
  }

  package var description: String {
    switch self {
    case .unknownOption(let name): "unknown option \(name)"
    case .missingValue(let name): "option \(name) needs a value"
    case .unreadableInput(let reason): reason
    case .malformedJob(let reason): "the job is not one JSON object: \(reason)"
    case .malformedRequest(let reason): "the request is none: \(reason)"
    case .tooManyArguments(let count): "the job has \(count) positional arguments too many"
    }
  }
}
