// SPDX-License-Identifier: MIT
import SystemCalls

/// Messages whose jobs wait, where their senders can still see them.
extension Spool {
  /// The job that was made of a message stands in this attribute of the message's file.
  private static let mark = "spool.job"

  /// The job that a message was made into before; nil for one that is new.
  package func job(of message: OpenFile) throws(SystemError) -> JobID? {
    try noted(Self.mark, in: message).flatMap(JobID.init)
  }

  /// Into what is kept, beside its name outside, which is marked: nobody takes it again, and its sender can count it and take
  /// it back. What is kept has the time since which it counts.
  ///
  /// - Parameter aside: where it was written, if it has come from nowhere else.
  /// - Returns: whether the name stays; it goes where no mark can be made.
  func putAway(_ message: Message, _ aside: String?) throws(SystemError) -> Bool {
    let target = layout.message(of: message.id)
    switch message.source {
    case .bytes:
      if let aside { try files.replace(target, with: aside) }
      return false
    case .file(let path):
      // Kept before it is marked: what is marked only, nobody would be told of.
      if message.isKept, try !keep(path, as: target, since: message.since) { return false }
      if try mark(path, message.id) { return true }
      try files.unlinkIfPresent(path)
      return false
    }
  }

  /// - Returns: false where its sender has taken it back: the job is made, and nobody is told of its end.
  private func keep(
    _ path: String, as target: String, since: Timestamp
  ) throws(SystemError) -> Bool {
    do {
      try files.unlinkIfPresent(target)
      try files.link(path, to: target)
      return true
    } catch  where error.errno == .noSuchFile {
      return false
    } catch  where !error.errno.isShortage {
      // Another file system, or somebody else's file, to which the kernel lets nobody link.
    }
    do {
      try files.publish(try files.contents(of: path), as: target, modified: since)
      return true
    } catch  where error.errno == .noSuchFile {
      return false
    }
  }

  /// - Returns: false where the file system keeps no attributes, or the file is somebody else's.
  private func mark(_ path: String, _ id: JobID) throws(SystemError) -> Bool {
    do { return try files.setAttribute(Self.mark, of: path, to: id.text) } catch
      where !error.errno.isShortage
    { return false }
  }

  /// incoming, deferred, hold → nowhere: those of these jobs that have not begun, with one sync.
  ///
  /// - Returns: those that are gone.
  package func cancelWaiting(
    _ jobs: [(id: JobID, queue: QueueName)]
  ) throws(SystemError) -> [JobID] {
    var cancelled: [JobID] = []
    var directories: Set<String> = []
    for (id, queue) in jobs {
      guard let place = try locate(id, in: queue).first,
        [.incoming, .deferred, .hold].contains(place.state)
      else { continue }
      // Commit point: the job is no more.
      try files.unlinkIfPresent(place.path)
      directories.insert(place.path.parentPath)
      cancelled.append(id)
    }
    try files.syncDirectories(directories, of: layout.root)
    return cancelled
  }
}
