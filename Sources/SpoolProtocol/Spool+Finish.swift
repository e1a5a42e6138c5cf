// SPDX-License-Identifier: MIT
import SystemCalls

extension Spool {
  /// active → results: what the tasks printed becomes their results, many jobs with the syncs of one.
  ///
  /// Durable in this order: the bytes, their names, the steps that follow, the end of the jobs. Called again after a
  /// failure it goes on where it was.
  /// - Parameters:
  ///   - inodes: the files that ran, where that is known: another one that has come under such a name stays.
  ///   - chained: those of the jobs that may be followed by others; nil where each file is to be asked.
  /// - Returns: the ids under which results stand, where they are not those of their jobs.
  @discardableResult
  package func finish(
    _ jobs: [JobName], of worker: WorkerName, as form: RunForm = .directory,
    inodes: [JobName: UInt64] = [:], keepingRunsIn spares: SpareRuns? = nil,
    chained: [JobName]? = nil
  ) throws(SystemError) -> [JobName: JobID] {
    let queue = worker.queue
    let pending = try makeOutputsDurable(jobs, of: worker, form)
    var others: [JobName: JobID] = [:]
    try restoring(.results, of: queue) { () throws(SystemError) in
      for (job, kept) in pending {
        let id = try publish(job, of: worker, form, kept)
        if id != job.id { others[job] = id }
      }
      try files.syncDirectory(layout.directory(of: .results, queue))
    }
    try enqueueFollowUps(of: chained ?? jobs, of: worker, results: others)
    for job in jobs {
      try removeReason(of: job.id, in: queue)
      try forget(job, of: worker, ifStill: inodes[job], keepingRunIn: spares)
    }
    return others
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
    /// The directory has moved beside the result's name already; or, of a resident task's answer, there is none.
    case published
  }

  /// - Returns: the jobs whose outputs may not have been published yet.
  private func makeOutputsDurable(
    _ jobs: [JobName], of worker: WorkerName, _ form: RunForm
  ) throws(SystemError) -> [(JobName, Kept)] {
    var pending: [(JobName, Kept)] = []
    var outputs: [OpenFile] = []
    var directories: Set<String> = []
    // Many are synced with everything else: none of them need be open.
    var isAll = jobs.count > Durability.singleSyncLimit
    for job in jobs {
      if !isAll {
        let path = layout.output(job.id, of: worker, form)
        guard let output = try files.openIfPresent(path) else { continue }
        outputs.append(output)
      }
      let directory = layout.files(job.id, of: worker, form)
      let names = try names(ifThere: directory)
      pending.append((job, names.map { $0.isEmpty ? .nothing : .something } ?? .published))
      for name in names ?? [] where !isAll {
        // What lies deeper than one level is synced with everything else, too.
        let kind = try files.status(of: "\(directory)/\(name)")?.kind
        isAll = kind != .regular || outputs.count > Durability.singleSyncLimit
        guard !isAll else { break }
        outputs.append(try files.open("\(directory)/\(name)", .read))
        directories.insert(directory)
      }
    }
    if isAll {
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

  /// - Returns: the id under which the result stands.
  private func publish(
    _ job: JobName, of worker: WorkerName, _ form: RunForm, _ kept: Kept
  ) throws(SystemError) -> JobID {
    let output = layout.output(job.id, of: worker, form)
    // A person may have removed the directory of results, so that this is done again after the renames.
    guard let status = try files.status(of: output), form == .directory || status.linkCount == 1
    else { return job.id }
    let id = try resultID(of: job, of: worker)
    if kept != .published { try publishFiles(of: job, as: id, of: worker, form, kept) }
    do {
      // Commit point: the job is done.
      switch form {
      case .directory: try files.rename(output, to: layout.result(id, in: worker.queue))
      case .answer: try files.link(output, to: layout.result(id, in: worker.queue))
      }
    } catch  where error.errno == .fileExists {
      // Put there since we looked.
      throw SystemError("publish", output, .tryAgain)
    }
    return id
  }

  /// While the output lies in its run, a result under the job's id is another job's, of one that was removed while it
  /// ran and dropped again, say; both stand.
  private func resultID(
    of job: JobName, of worker: WorkerName
  ) throws(SystemError) -> JobID {
    guard try files.exists(layout.result(job.id, in: worker.queue)) else { return job.id }
    return try freeID(besidesRunning: job, of: worker)
  }

  /// The files get their place before the result that speaks of them.
  private func publishFiles(
    of job: JobName, as id: JobID, of worker: WorkerName, _ form: RunForm, _ kept: Kept
  ) throws(SystemError) {
    let target = layout.resultFiles(id, in: worker.queue)
    // Files without a result are what a crash left of an earlier attempt.
    if try files.exists(target) { try files.removeTree(target) }
    guard kept == .something else { return }
    do {
      try files.rename(layout.files(job.id, of: worker, form), to: target)
    } catch  where error.errno == .fileExists {
      return
    }
  }

  /// The job is settled elsewhere: its file and its run go. The file first: a run without a job is nobody's.
  ///
  /// - Parameter inode: of the file that ran; another one under its name is a job that waits, and stays.
  func forget(
    _ job: JobName, of worker: WorkerName, ifStill inode: UInt64? = nil,
    keepingRunIn spares: SpareRuns? = nil
  ) throws(SystemError) {
    let path = layout.active(job, of: worker)
    let isOther = if let inode { try files.status(of: path)?.inode != inode } else { false }
    if !isOther { try files.unlinkIfPresent(path) }
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
