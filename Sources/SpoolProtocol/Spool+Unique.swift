// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// Jobs with a `unique` key: of several that wait at the same time, one is run.
///
/// A queue keeps one small file for each key: which job was begun last under it, and, as the time of the file, when.
/// A job that was dropped before that moment waited while the other one did, and is its duplicate. Both times are of the
/// file system's clock, so that a drop in the tick of the beginning counts as after it, and is run.
extension Spool {
  /// The job that has begun since this one was dropped, under the same key; where there is none, this one begins.
  ///
  /// Only a first attempt is a duplicate: what stood for others is run to its end. Nothing is synced: what a power cut
  /// takes away makes a job run, never not.
  package func begunInstead(
    of job: JobName, _ content: Job, by worker: WorkerName
  ) throws(SystemError) -> JobID? {
    guard let key = content.unique else { return nil }
    do {
      return try begin(job, under: key, by: worker)
    } catch  where !error.errno.isShortage {
      // That a key cannot be kept, in a directory that somebody else has made or removed, is no reason not to run.
      return nil
    }
  }

  private func begin(
    _ job: JobName, under key: String, by worker: WorkerName
  ) throws(SystemError) -> JobID? {
    let path = "\(layout.uniqueKeys(of: worker.queue))/\(StableHash.hex(key))"
    // Two workers may begin jobs of one key at the same time.
    let file = try files.openLocked(path, .update)
    defer { withExtendedLifetime(file) {} }
    let last = UniqueKey(parsing: try file.readAll(limit: UniqueKey.sizeLimit))
    let began = try file.status().modified
    if job.attempt == 1, let last, last.key == key, last.id != job.id,
      let dropped = try drop(of: job, by: worker), dropped < began
    {
      return last.id
    }
    try files.unlinkIfPresent(path.asidePath)
    let next = try files.open(path.asidePath, .create)
    try files.write(UniqueKey(key: key, id: job.id).bytes, to: next)
    // Commit point: from here on the job stands for the key.
    try files.replace(path, with: path.asidePath)
    return nil
  }

  /// Writes down when a job with a key was dropped, before the claim makes that forgotten.
  ///
  /// By the open file: its name may lead to anybody's by now.
  func noteDrop(of candidate: Candidate, in file: OpenFile) throws(SystemError) {
    guard candidate.job.unique != nil else { return }
    let moment = candidate.status.changed.nanoseconds
    do {
      _ = try files.setAttribute(Self.dropAttribute, of: file, to: "\(moment)")
    } catch  where !error.errno.isShortage {
      // Somebody else's file: it is run.
      return
    }
  }

  /// Nil where it is not known: then the job is no duplicate.
  private func drop(of job: JobName, by worker: WorkerName) throws(SystemError) -> Timestamp? {
    let path = layout.active(job, of: worker)
    do {
      let noted = try files.attribute(Self.dropAttribute, of: path)
      return noted.flatMap { Int64($0) }.map(Timestamp.init(nanoseconds:))
    } catch  where !error.errno.isShortage {
      return nil
    }
  }

  /// Nanoseconds of Unix time.
  private static let dropAttribute = "spool.dropped"
}

extension Spool {
  /// Removes the keys of a queue under which nobody waits any more who was dropped before their last job began.
  ///
  /// - Important: looks at every waiting job of the queue.
  package func sweepUniqueKeys(of queue: QueueName, at now: Timestamp) throws(SystemError) {
    let directory = layout.uniqueKeys(of: queue)
    let names: [String]
    do { names = try files.names(in: directory) } catch  where error.errno == .noSuchFile { return }
    guard !names.isEmpty else { return }
    let oldest = try min(oldestDrop(in: queue) ?? now, now - Self.keyAge)
    for name in names {
      guard let status = try files.status(of: "\(directory)/\(name)"), status.modified < oldest
      else { continue }
      try sweepKey("\(directory)/\(name)")
    }
  }

  /// Under its lock, so that nobody is about to replace it.
  private func sweepKey(_ path: String) throws(SystemError) {
    guard let file = try files.openIfPresent(path), try file.tryLock(),
      try files.status(of: path)?.inode == file.status().inode
    else { return }
    try files.unlinkIfPresent(path)
  }

  /// Somebody may just be dropping a job, or moving it on.
  private static let keyAge: Duration = .seconds(60)

  /// Of the jobs that wait in the queue, and then of those in its workers' folders, since they move there.
  private func oldestDrop(in queue: QueueName) throws(SystemError) -> Timestamp? {
    var drops: [Timestamp] = []
    for job in try jobs(.incoming, in: queue) {
      guard let status = try files.status(of: layout.waiting(job, in: queue)) else { continue }
      drops.append(status.changed)
    }
    for worker in try workers() where worker.queue == queue {
      for job in try jobs(of: worker) {
        if let dropped = try drop(of: job, by: worker) { drops.append(dropped) }
      }
    }
    return drops.min()
  }
}
