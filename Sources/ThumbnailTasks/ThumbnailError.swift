// SPDX-License-Identifier: MIT
import JSONValues
import PageTasks
import SupersetTasks
import SystemCalls
import TaskContract
import TaskRuntime
import Thumbnails

/// Why there is no picture, and what then becomes of the job.
package enum ThumbnailError: TaskFailure {
  case malformed(reason: String)
  /// A picture is a file, and nobody has said where it is to be.
  case noPlace
  case superset(SupersetTaskError)
  case page(PageError)
  case system(SystemError)
  case noDashboard(id: Int)
  /// One of the above, of a picture whose key is known.
  indirect case kept(ThumbnailError, key: String, timeout: Int)

  package var verdict: Verdict {
    switch self {
    case .malformed: .badInput
    case .noPlace: .usage
    case .superset(let error): error.verdict
    case .page(let error): error.verdict
    case .system: .ioError
    case .noDashboard: .noInput
    case .kept(let error, _, _): error.verdict
    }
  }

  package var description: String {
    switch self {
    case .malformed(let reason): "the job is malformed: \(reason)"
    case .noPlace: "there is no place for the picture: SPOOL_FILES names no directory"
    case .superset(let error): "\(error)"
    case .page(let error): "\(error)"
    case .system(let error): "\(error)"
    case .noDashboard(let id): "Dashboard with id \(id) not found"
    case .kept(let error, _, _): "\(error)"
    }
  }

  package var errors: [JSONValue] {
    switch self {
    case .page(let error): error.errors
    case .kept(let error, _, _): error.errors
    default: [["message": .string(description)]]
    }
  }

  package var cache: [JSONValue] {
    guard case .kept(_, let key, let timeout) = self else { return [] }
    return [["key": .string(key), "timeout": .integer(timeout)]]
  }
}
