// SPDX-License-Identifier: MIT
import SystemCalls

extension Spool {
  /// active → results: what the tasks printed becomes their results, many jobs with the syncs of one.
  ///
  /// Durable in this order: the bytes, their names, the steps that follow, the end of the jobs. Called again after a
  /// failure it goes on where it was.
  /// - Parameter facts: of those of the jobs of which anything is known.
  /// - Returns: the ids under which results stand, where they are not those of their jobs.
  @discardableResult
  package func finish(
    _ jobs: [JobName], of worker: WorkerName, as form: RunForm = .directory,
    knowing facts: [JobName: RunFacts] = [:], remembering memory: WorkerMemory? = nil
  ) throws(SystemError) -> [JobName: JobID] {
    let publishing = Publishing(self, worker, form, facts, memory)
    let others = try publishing.publish(jobs)
    let chained = jobs.filter { facts[$0]?.isChained != false }
    try enqueueFollowUps(of: chained, of: worker, results: others)
    let hasReasons = try memory?.empty.contains(layout.directory(of: .errors, worker.queue)) != true
    for job in jobs {
      if hasReasons { try removeReason(of: job.id, in: worker.queue) }
      try forget(job, of: worker, form, ifStill: facts[job]?.inode, remembering: memory)
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

  /// The job is settled elsewhere: its file and its run go. The file first: a run without a job is nobody's.
  ///
  /// - Parameter inode: of the file that ran; another one under its name is a job that waits, and stays.
  func forget(
    _ job: JobName, of worker: WorkerName, _ form: RunForm = .directory,
    ifStill inode: UInt64? = nil, remembering memory: WorkerMemory? = nil
  ) throws(SystemError) {
    let path = layout.active(job, of: worker)
    let isOther = if let inode { try files.status(of: path)?.inode != inode } else { false }
    if !isOther { try files.unlinkIfPresent(path) }
    let run = layout.run(job.id, of: worker)
    switch form {
    case .directory:
      if let memory, try keep(job.id, of: worker, in: memory) { return }
      try files.removeTree(run)
    case .answer: try files.clear(run)
    }
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
}
