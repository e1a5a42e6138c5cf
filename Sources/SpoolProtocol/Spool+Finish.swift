// SPDX-License-Identifier: MIT
import SystemCalls

extension Spool {
  /// active → results: what the tasks printed becomes their results, many jobs with the syncs of one.
  ///
  /// Durable in this order: the bytes, their names, the end of the jobs. Called again after a failure it goes on where it was.
  package func finish(
    _ jobs: [JobName], of worker: WorkerName, keepingRunsIn spares: SpareRuns? = nil
  ) throws(SystemError) {
    let queue = worker.queue
    let pending = try makeOutputsDurable(jobs, of: worker)
    try restoring(.results, of: queue) { () throws(SystemError) in
      for (job, kept) in pending { try publish(job, of: worker, kept) }
      try files.syncDirectory(layout.directory(of: .results, queue))
    }
    for job in jobs {
      try removeReason(of: job.id, in: queue)
      try forget(job, of: worker, keepingRunIn: spares)
    }
  }

  /// An earlier failure of a job that is done needs no reason any more; that of another job in errors/ is not touched.
  private func removeReason(of id: JobID, in queue: QueueName) throws(SystemError) {
    guard try files.exists(layout.failure(id, in: queue)),
      try !files.exists(layout.failed(id, in: queue))
    else { return }
    try files.unlinkIfPresent(layout.failure(id, in: queue))
  }

  /// What a job's task has left in its directory for files.
  private enum Kept {
    case nothing, something
    /// The directory has moved beside the result's name already.
    case published
  }

  /// - Returns: the jobs whose outputs have not been published yet.
  private func makeOutputsDurable(
    _ jobs: [JobName], of worker: WorkerName
  ) throws(SystemError) -> [(JobName, Kept)] {
    var pending: [(JobName, Kept)] = []
    var outputs: [OpenFile] = []
    var directories: Set<String> = []
    var hasTrees = false
    for job in jobs {
      let path = layout.runOutput(job.id, of: worker)
      guard let output = try files.openIfPresent(path) else { continue }
      outputs.append(output)
      let directory = layout.runFiles(job.id, of: worker)
      let names = try names(ifThere: directory)
      pending.append((job, names.map { $0.isEmpty ? .nothing : .something } ?? .published))
      for name in names ?? [] {
        guard try files.status(of: "\(directory)/\(name)")?.kind == .regular else {
          hasTrees = true
          continue
        }
        outputs.append(try files.open("\(directory)/\(name)", .read))
        directories.insert(directory)
      }
    }
    // What lies deeper than one level is synced with everything else.
    if hasTrees {
      try files.syncFileSystem(of: layout.folder(of: worker))
    } else {
      try files.makeDurable(outputs, in: directories, of: layout.folder(of: worker))
    }
    return pending
  }

  /// A person may have removed a queue's directory with what stood in it: it is made again, and the moves into it again.
  func restoring(
    _ state: JobState, of queue: QueueName, _ moves: () throws(SystemError) -> Void
  ) throws(SystemError) {
    do {
      try moves()
    } catch  where error.errno == .noSuchFile {
      let directory = layout.directory(of: state, queue)
      guard try !files.exists(directory) else { throw error }
      try files.makeDirectories(directory)
      try moves()
    }
  }

  private func publish(
    _ job: JobName, of worker: WorkerName, _ kept: Kept
  ) throws(SystemError) {
    if kept != .published { try publishFiles(of: job, of: worker, kept) }
    do {
      // Commit point: the job is done.
      try files.rename(
        layout.runOutput(job.id, of: worker), to: layout.result(job.id, in: worker.queue))
    } catch  where error.errno == .fileExists {
      // A worker before us was killed between this rename and the end of the job: its result stands.
      return
    }
  }

  /// The files get their place before the result that speaks of them.
  private func publishFiles(
    of job: JobName, of worker: WorkerName, _ kept: Kept
  ) throws(SystemError) {
    let target = layout.resultFiles(job.id, in: worker.queue)
    if try !files.exists(layout.result(job.id, in: worker.queue)) {
      // Files without a result are what a crash left of an earlier attempt.
      try files.removeTree(target)
    }
    guard kept == .something else { return }
    do {
      try files.rename(layout.runFiles(job.id, of: worker), to: target)
    } catch  where error.errno == .fileExists {
      return
    }
  }

  /// The job is settled elsewhere: its file and its run go. The file first: a run without a job is nobody's.
  func forget(
    _ job: JobName, of worker: WorkerName, keepingRunIn spares: SpareRuns? = nil
  ) throws(SystemError) {
    try files.unlinkIfPresent(layout.active(job, of: worker))
    if let spares, try keep(job.id, of: worker, in: spares) { return }
    try files.removeTree(layout.run(job.id, of: worker))
  }

  /// The names in a directory; nil where there is none.
  private func names(ifThere directory: String) throws(SystemError) -> [String]? {
    do {
      return try files.names(in: directory)
    } catch  where error.errno == .noSuchFile {
      return nil
    }
  }
}
