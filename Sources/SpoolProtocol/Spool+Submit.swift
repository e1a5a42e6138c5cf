// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

extension Spool {
  /// outside → incoming: returns when the job is safe on disk, whole, under its name.
  ///
  /// - Throws: ``SpoolError/idTaken(_:_:)`` where a waiting job, a result or an error of the id stands.
  package func submit(
    _ bytes: [UInt8], to queue: QueueName, as id: JobID
  ) throws(SpoolError) {
    let outcome: Submission
    do { outcome = try enqueue(bytes, to: queue, as: id) } catch { throw .system(error) }
    switch outcome {
    case .accepted: return
    case .noQueue: throw .noSuchQueue(queue)
    case .idTaken: throw .idTaken(id, queue)
    }
  }

  private enum Submission { case accepted, noQueue, idTaken }

  private func enqueue(
    _ bytes: [UInt8], to queue: QueueName, as id: JobID
  ) throws(SystemError) -> Submission {
    guard try files.status(of: layout.directory(of: .incoming, queue))?.kind == .directory else {
      return .noQueue
    }
    guard try freeID(for: id, in: queue, besides: "") == id else { return .idTaken }
    let target = layout.waiting(JobName(id: id), in: queue)
    try files.unlinkIfPresent(target.asidePath)
    let file = try files.open(target.asidePath, .create)
    try files.write(bytes, to: file)
    try files.sync(file)
    do {
      // Commit point: the job waits.
      try files.rename(target.asidePath, to: target)
    } catch  where error.errno == .fileExists {
      try files.unlinkIfPresent(target.asidePath)
      return .idTaken
    }
    try files.syncDirectory(target.parentPath)
    return .accepted
  }

  /// An id that sorts by time and that no other process makes: `20261124T000603.120456-4711`.
  package static func newID(at now: Timestamp, process: Int32) -> JobID {
    let stamp = now.iso8601.filter { $0 != "-" && $0 != ":" && $0 != "Z" }
    let fine = String(now.nanoseconds % 1_000_000)
    let name = "\(stamp)\(String(repeating: "0", count: 6 - fine.count))\(fine)-\(process)"
    guard let id = JobID(name) else { preconditionFailure("a bad id: \(name)") }
    return id
  }
}
