// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

extension Spool {
  /// outside → incoming: returns when the job is safe on disk, whole, under its name.
  ///
  /// - Returns: whether it could be looked whether the id is free; a producer may not everywhere. Where it was taken, the
  ///   dispatcher gives the job another one.
  /// - Throws: ``SpoolError/idTaken(_:_:)`` where a waiting job, a result or an error of the id stands.
  @discardableResult
  package func submit(
    _ bytes: [UInt8], to queue: QueueName, as id: JobID
  ) throws(SpoolError) -> Bool {
    let outcome: Submission
    do { outcome = try enqueue(bytes, to: queue, as: id) } catch { throw .system(error) }
    switch outcome {
    case .accepted(let isSure): return isSure
    case .noQueue: throw .noSuchQueue(queue)
    case .idTaken: throw .idTaken(id, queue)
    }
  }

  /// The same for many jobs, with one wait for the disk; an id that is taken is passed over.
  ///
  /// - Returns: the ids of those that wait now. After a crash in the middle some do, each whole.
  package func submit(
    _ jobs: [(id: JobID, bytes: [UInt8])], to queue: QueueName
  ) throws(SpoolError) -> Set<JobID> {
    do {
      guard try isQueue(queue) else { throw SpoolError.noSuchQueue(queue) }
      return try enqueue(jobs, to: queue)
    } catch let error as SystemError { throw .system(error) } catch let error as SpoolError {
      throw error
    } catch { preconditionFailure("\(error)") }
  }

  private func enqueue(
    _ jobs: [(id: JobID, bytes: [UInt8])], to queue: QueueName
  ) throws(SystemError) -> Set<JobID> {
    var written: [(id: JobID, file: OpenFile)] = []
    let vacant = vacantStates(of: queue)
    for (id, bytes) in jobs
    where try freeID(for: id, in: queue, besides: "", vacant: vacant) == id {
      let file = try createAside(layout.waiting(JobName(id: id), in: queue).asidePath)
      try files.write(bytes, to: file)
      written.append((id, file))
    }
    let directory = layout.directory(of: .incoming, queue)
    try files.makeDurable(written.map(\.file), in: [], of: layout.root)
    var left: Set<JobID> = []
    for (id, _) in written {
      let target = layout.waiting(JobName(id: id), in: queue)
      do {
        // Commit point of each: the job waits.
        try files.rename(target.asidePath, to: target)
        left.insert(id)
      } catch  where error.errno == .fileExists {
        try files.unlinkIfPresent(target.asidePath)
      }
    }
    if !left.isEmpty { try files.syncDirectory(directory) }
    return left
  }

  /// States in which no job of the queue stands now, nor comes to stand under an id that is not waiting yet.
  private func vacantStates(of queue: QueueName) -> Set<JobState> {
    let states = [JobState.results, .errors, .deferred, .hold].filter { state in
      // What cannot be looked at may hold something.
      (try? files.isEmpty(layout.directory(of: state, queue))) == true
    }
    return Set(states)
  }

  /// A new file in the place of one that a crash or an error has left: ids have one producer at a time.
  func createAside(_ path: String) throws(SystemError) -> OpenFile {
    do { return try files.open(path, .create) } catch {
      guard error.errno == .fileExists else { throw error }
      try files.unlinkIfPresent(path)
      return try files.open(path, .create)
    }
  }

  private enum Submission { case accepted(isSure: Bool), noQueue, idTaken }

  private func enqueue(
    _ bytes: [UInt8], to queue: QueueName, as id: JobID
  ) throws(SystemError) -> Submission {
    guard try isQueue(queue) else { return .noQueue }
    var isSure = true
    do {
      guard try freeID(for: id, in: queue, besides: "") == id else { return .idTaken }
    } catch  where error.errno == .accessDenied {
      isSure = false
    }
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
    do {
      try files.syncDirectory(target.parentPath)
    } catch  where error.errno == .accessDenied {
      // Who may make names there need not be allowed to list them, and so not to open it.
      try files.syncFileSystem(behind: file)
    }
    return .accepted(isSure: isSure)
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
