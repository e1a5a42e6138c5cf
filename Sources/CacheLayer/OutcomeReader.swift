// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

/// Reads what a result or a failure asks of the cache layer.
struct OutcomeReader {
  /// Bytes of a result or job that is read; a result keeps its data in files, so a larger one asks for nothing.
  static let sizeLimit = 16 << 20

  let layout: SpoolLayout
  let files: any FileOperations
  /// Where this program reads what others may not.
  var linkGuard = LinkGuard.current()

  /// Nil where nothing stands, where it was announced already, and where it asks for nothing.
  func read(_ outcome: Outcome) throws(SystemError) -> Finding? {
    let path = outcome.path(in: layout)
    guard let status = try files.status(of: path), status.kind == .regular,
      try files.status(of: outcome.mark(in: layout))?.inode != status.inode
    else { return nil }
    guard let (document, inode) = try document(at: path) else { return nil }
    switch outcome.kind {
    case .result:
      let empty = Finding(outcome: outcome, inode: inode)
      guard let duplicate = Duplicate(document) else { return result(document, empty) }
      return try self.duplicate(duplicate, empty)
    case .failure: return try failure(document, Finding(outcome: outcome, inode: inode))
    }
  }

  private func result(_ document: JSONValue, _ empty: Finding) -> Finding? {
    var finding = empty
    finding.event = JobEvent(
      document["job_metadata"], .done(url: document["result_url"] ?? .null))
    finding.readRequests(document)
    return finding.asks ? finding : nil
  }

  /// The reason alone is not yet a failure: it is written before the job is moved to errors/.
  private func failure(_ reason: JSONValue, _ empty: Finding) throws(SystemError) -> Finding? {
    let path = layout.failed(empty.outcome.id, in: empty.outcome.queue)
    guard let (job, _) = try document(at: path) else { return nil }
    var finding = empty
    finding.event = JobEvent(metadata(of: job), .failed(errors: errors(of: reason)))
    finding.readRequests(reason)
    return finding.asks ? finding : nil
  }

  /// Where Superset's tasks get it: by name, or as the first argument.
  private func metadata(of job: JSONValue) -> JSONValue? {
    guard job["task"]?.stringValue != nil else { return job["job_metadata"] }
    return job["kwargs"]?["job_metadata"] ?? job["args"]?.arrayValue?.first
  }

  /// Nil where the file is gone, is too large or is not JSON.
  func document(at path: String) throws(SystemError) -> (JSONValue, inode: UInt64)? {
    do {
      let file = try files.open(path, .read)
      let status = try file.status()
      guard status.kind == .regular, status.size <= Self.sizeLimit else { return nil }
      if let linkGuard {
        guard let place = try files.status(of: path.parentPath), linkGuard.trusts(status, in: place)
        else { return nil }
      }
      let bytes = try file.readAll(limit: Self.sizeLimit)
      // What is not JSON asks for nothing; whether it may stand there is the worker's business.
      return (try? JSONValue(parsing: bytes)).map { ($0, status.inode) }
    } catch  where error.errno == .noSuchFile || error.errno == .tooManyLinks {
      return nil
    }
  }
}
