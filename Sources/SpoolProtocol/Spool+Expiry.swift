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
      let noted = try noted(Self.expiryAttribute, of: path)
      if let moment = noted.flatMap(Timestamp.init(iso8601:)) { return moment }
      return try files.status(of: path).map { $0.modified + seconds }
    }
  }

  /// Writes down when a job expires that says so in seconds, once, before it is moved: a move makes its drop forgotten.
  ///
  /// The attribute goes with the file through every rename, and reaches the disk no later than the rename after it.
  ///
  /// By the open file: its name may lead to anybody's by now.
  func noteExpiry(of candidate: Candidate, in file: OpenFile) throws(SystemError) {
    guard case .after(let seconds) = candidate.job.expires,
      try noted(Self.expiryAttribute, in: file).flatMap(Timestamp.init(iso8601:)) == nil
    else { return }
    // It last changed when it was dropped; a copy that has been made of it since does not count.
    let moment = candidate.status.changed + seconds
    try bearing { () throws(SystemError) in
      _ = try files.setAttribute(Self.expiryAttribute, of: file, to: moment.iso8601)
    }
  }

  /// The job failed for good: when a person tries it again, its seconds and its crashes count anew.
  func forgetAttempts(of path: String) throws(SystemError) {
    for name in [Self.expiryAttribute, Self.crashAttribute] {
      guard let value = try noted(name, of: path), !value.isEmpty else { continue }
      try bearing { () throws(SystemError) in
        _ = try files.setAttribute(name, of: path, to: "")
      }
    }
  }

  /// Nil also where somebody else's file or a file that has gone cannot be asked.
  private func noted(_ name: String, of path: String) throws(SystemError) -> String? {
    do { return try files.attribute(name, of: path) } catch  where !error.errno.isShortage {
      return nil
    }
  }

  /// Where it cannot be written, since the file is somebody else's or has gone, the time of the file has to do.
  private func bearing(_ set: () throws(SystemError) -> Void) throws(SystemError) {
    do { try set() } catch  where !error.errno.isShortage { return }
  }

  /// Nil also where somebody else's file cannot be asked.
  func noted(_ name: String, in file: OpenFile) throws(SystemError) -> String? {
    do { return try files.attribute(name, of: file) } catch  where !error.errno.isShortage {
      return nil
    }
  }

  static let expiryAttribute = "spool.expires"
}
