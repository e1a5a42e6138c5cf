// SPDX-License-Identifier: MIT
import SystemCalls

extension Spool {
  /// active → results: what the tasks printed becomes their results, many jobs with the syncs of one.
  ///
  /// Durable in this order: the bytes, their names, the end of the jobs. Called again after a failure it goes on where it was.
  package func finish(_ jobs: [JobName], of worker: WorkerName) throws(SystemError) {
    let queue = worker.queue
    var pending: [JobName] = []
    for job in jobs where try files.exists(layout.runOutput(job.id, of: worker)) {
      pending.append(job)
    }
    try makeOutputsDurable(pending, of: worker)
    try restoring(.results, of: queue) { () throws(SystemError) in
      for job in pending { try publish(job, of: worker) }
      try files.syncDirectory(layout.directory(of: .results, queue))
    }
    for job in jobs {
      try files.unlinkIfPresent(layout.failure(job.id, in: queue))
      try forget(job, of: worker)
    }
  }

  private func makeOutputsDurable(
    _ jobs: [JobName], of worker: WorkerName
  ) throws(SystemError) {
    var outputs: [OpenFile] = []
    var directories: Set<String> = []
    for job in jobs {
      outputs.append(try files.open(layout.runOutput(job.id, of: worker), .read))
      let kept = layout.runFiles(job.id, of: worker)
      for name in try namesIfPresent(in: kept) {
        guard try files.status(of: "\(kept)/\(name)")?.kind == .regular else { continue }
        outputs.append(try files.open("\(kept)/\(name)", .read))
        directories.insert(kept)
      }
    }
    try files.makeDurable(outputs, in: directories, of: layout.root)
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

  private func publish(_ job: JobName, of worker: WorkerName) throws(SystemError) {
    try publishFiles(of: job, of: worker)
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
  private func publishFiles(of job: JobName, of worker: WorkerName) throws(SystemError) {
    let kept = layout.runFiles(job.id, of: worker)
    guard try !namesIfPresent(in: kept).isEmpty else { return }
    let target = layout.resultFiles(job.id, in: worker.queue)
    if try !files.exists(layout.result(job.id, in: worker.queue)) {
      // Files without a result are what a crash left of an earlier attempt.
      try files.removeTree(target)
    }
    do {
      try files.rename(kept, to: target)
    } catch  where error.errno == .fileExists {
      return
    }
  }

  /// The job is settled elsewhere: its file and its run go. The file first: a run without a job is nobody's.
  func forget(_ job: JobName, of worker: WorkerName) throws(SystemError) {
    try files.unlinkIfPresent(layout.active(job, of: worker))
    try files.removeTree(layout.run(job.id, of: worker))
  }

  private func namesIfPresent(in directory: String) throws(SystemError) -> [String] {
    do {
      return try files.names(in: directory)
    } catch  where error.errno == .noSuchFile {
      return []
    }
  }
}
