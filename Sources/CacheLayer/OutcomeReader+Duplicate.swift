// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

extension OutcomeReader {
  /// A job that was not run: its channel hears how the one ended that was, after that one's own.
  func duplicate(_ duplicate: Duplicate, _ empty: Finding) throws(SystemError) -> Finding? {
    guard let metadata = duplicate.metadata,
      var event = JobEvent(.object(metadata), .done(url: .null))
    else { return nil }
    var finding = empty
    if let ending = try ending(of: duplicate) {
      event.ending = ending
      finding.event = event
    } else {
      finding.awaits = duplicate.original
    }
    return finding
  }

  /// Nil where the job that was run has not ended, or has not been announced itself: its data may not be cached yet.
  private func ending(
    of duplicate: Duplicate, depth: Int = 0
  ) throws(SystemError) -> JobEvent.Ending? {
    guard depth < Duplicate.followLimit else { return nil }
    let (id, queue) = (duplicate.original, duplicate.queue)
    if let (document, _) = try document(at: layout.result(id, in: queue)) {
      if let next = Duplicate(document) { return try ending(of: next, depth: depth + 1) }
      let outcome = Outcome(kind: .result, queue: queue, id: id)
      return try read(outcome) == nil ? .done(url: document["result_url"] ?? .null) : nil
    }
    guard let (reason, _) = try document(at: layout.failure(id, in: queue)),
      try files.exists(layout.failed(id, in: queue)),
      try read(Outcome(kind: .failure, queue: queue, id: id)) == nil
    else { return nil }
    return .failed(errors: errors(of: reason))
  }

  /// Superset's form of them, from a `.error`.
  func errors(of reason: JSONValue) -> [JSONValue] {
    let errors = reason["errors"]?.arrayValue ?? []
    return errors.isEmpty ? [["message": reason["message"] ?? "The job failed."]] : errors
  }
}
