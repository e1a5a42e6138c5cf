// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

/// What is to be said of a step that stands nowhere.
package enum MissingStep {
  /// A job before it has not ended: it may come yet.
  case maybeLater
  /// A job before it has failed, and names it among those that are not run.
  case stopped(by: JobPlace, message: String)
  case unknown
}

extension Spool {
  /// Looks for the jobs before a step, as its id tells.
  package func missing(_ step: JobID) throws(SystemError) -> MissingStep {
    var before = step.before
    while let id = before {
      for place in try locate(id) {
        switch place.state {
        case .incoming, .active, .deferred, .hold: return .maybeLater
        case .errors:
          if let message = try message(of: place, stopping: step) {
            return .stopped(by: place, message: message)
          }
        case .results, .corrupt: continue
        }
      }
      before = id.before
    }
    return .unknown
  }

  /// Nil where the failed job does not speak of the step.
  private func message(of place: JobPlace, stopping step: JobID) throws(SystemError) -> String? {
    guard let file = try files.openIfPresent(layout.failure(place.id, in: place.queue)) else {
      return nil
    }
    let bytes = try file.readAll()
    guard let report = try? JSONValue(parsing: bytes),
      report["not_run"]?.arrayValue?.contains(where: { $0["id"] == .string(step.text) }) == true
    else { return nil }
    return report["message"]?.stringValue
  }
}
