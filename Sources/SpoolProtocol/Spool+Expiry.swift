// SPDX-License-Identifier: MIT
import SystemCalls

/// The moment after which a job is not run any more: its envelope's `expires`.
extension Spool {
  /// When the job of this file expires; nil where its envelope does not say.
  ///
  /// Seconds count from the drop, as it was noted, or else from the time of the file.
  package func expiry(of job: Job, at path: String) throws(SystemError) -> Timestamp? {
    switch job.expires {
    case nil: return nil
    case .at(let moment): return moment
    case .after(let seconds):
      if let noted = try notedExpiry(of: path) { return noted }
      return try files.status(of: path).map { $0.modified + seconds }
    }
  }

  /// Writes down when a job expires that says so in seconds, once, before it is moved: a move makes its drop forgotten.
  ///
  /// The attribute goes with the file through every rename, and reaches the disk no later than the rename after it.
  func noteExpiry(of candidate: Candidate) throws(SystemError) {
    guard case .after(let seconds) = candidate.job.expires,
      try notedExpiry(of: candidate.path) == nil
    else { return }
    // It last changed when it was dropped; a copy that has been made of it since does not count.
    let moment = candidate.status.changed + seconds
    try setExpiry(of: candidate.path, to: moment.iso8601)
  }

  /// The job failed for good: when a person tries it again, its seconds count anew.
  func forgetExpiry(of path: String) throws(SystemError) {
    guard try notedExpiry(of: path) != nil else { return }
    try setExpiry(of: path, to: "")
  }

  /// Nil also where somebody else's file or a file that has gone cannot be asked.
  private func notedExpiry(of path: String) throws(SystemError) -> Timestamp? {
    do {
      return try files.attribute(Self.expiryAttribute, of: path).flatMap(Timestamp.init(iso8601:))
    } catch  where !error.errno.isShortage {
      return nil
    }
  }

  /// Where it cannot be written, since the file is somebody else's or has gone, the time of the file has to do.
  private func setExpiry(of path: String, to text: String) throws(SystemError) {
    do {
      _ = try files.setAttribute(Self.expiryAttribute, of: path, to: text)
    } catch  where !error.errno.isShortage {
      return
    }
  }

  private static let expiryAttribute = "spool.expires"
}
