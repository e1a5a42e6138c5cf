// SPDX-License-Identifier: MIT
import SystemCalls

/// Where a run's output, log and files go.
package struct Run {
  package let directory: String
  package let output: OpenFile
  package let log: OpenFile
  package let filesDirectory: String
}

extension Spool {
  /// Makes the directory of a job's run. That it stands is the sign, after a crash, that the job had been started.
  package func begin(
    _ job: JobName, of worker: WorkerName, from spares: SpareRuns? = nil
  ) throws(SystemError) -> Run {
    let directory = layout.run(job.id, of: worker)
    let spare = spares?.take().map { layout.spareRun($0, of: worker) }
    do {
      try make(directory, from: spare)
    } catch  where error.errno == .fileExists || error.errno == .noSuchFile {
      // What an earlier attempt left; or somebody has removed the spare one.
      try files.removeTree(directory)
      if let spare { try files.removeTree(spare) }
      return try begin(job, of: worker)
    }
    return Run(
      directory: directory,
      output: try files.open(layout.runOutput(job.id, of: worker), .create),
      log: try files.open(layout.runLog(job.id, of: worker), spare == nil ? .create : .append),
      filesDirectory: layout.runFiles(job.id, of: worker))
  }

  private func make(_ directory: String, from spare: String?) throws(SystemError) {
    if let spare { return try files.rename(spare, to: directory) }
    try files.makeDirectory(directory)
    try files.makeDirectory("\(directory)/\(SpoolLayout.runFiles)")
  }

  /// When a worker began a job; nil where it has not, or the job has ended.
  package func beginning(
    of job: JobName, by worker: WorkerName
  ) throws(SystemError) -> Timestamp? {
    let run = layout.run(job.id, of: worker)
    guard let status = try files.status(of: run) else { return nil }
    let form: RunForm
    switch status.kind {
    case .directory: form = .directory
    case .regular: form = .answer
    // A task has put it there.
    case .symbolicLink, .fifo, .socket, .device: return nil
    }
    // The directory may be used again, the output is made anew; where its birth is not kept, the directory last
    // changed soon after.
    let output = layout.output(job.id, of: worker, form)
    return FileBirth.moment(of: output) ?? status.changed
  }

  /// Whether a worker published the result of this job and was killed before it could remove the job.
  ///
  /// Then the output has left its run for results/, or bears both names: a result beside another output, or without a
  /// run, is another job's.
  package func isFinished(_ job: JobName, of worker: WorkerName) throws(SystemError) -> Bool {
    guard let result = try files.status(of: layout.result(job.id, in: worker.queue)),
      let run = try files.status(of: layout.run(job.id, of: worker))
    else { return false }
    guard run.kind == .directory else { return run.inode == result.inode }
    return try !files.exists(layout.runOutput(job.id, of: worker))
  }

  /// Whether the job has been started and its task is over: its worker has still to settle it.
  package func hasEnded(_ job: JobName, of worker: WorkerName) throws(SystemError) -> Bool {
    guard try files.exists(layout.run(job.id, of: worker)) else { return false }
    return try !LifeLock.isHeld(layout.active(job, of: worker))
  }
}
