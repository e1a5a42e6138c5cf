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
    guard let status = try files.status(of: run), status.kind == .directory else { return nil }
    // The directory may be used again, the output is made anew; where its birth is not kept, the directory last
    // changed soon after.
    return FileBirth.moment(of: layout.runOutput(job.id, of: worker)) ?? status.changed
  }

  /// Whether an earlier worker published the result of this job and was killed before it could remove the job.
  package func isFinished(_ job: JobName, of worker: WorkerName) throws(SystemError) -> Bool {
    try files.exists(layout.result(job.id, in: worker.queue))
  }

  /// Whether the job has been started and its task is over: its worker has still to settle it.
  package func hasEnded(_ job: JobName, of worker: WorkerName) throws(SystemError) -> Bool {
    guard try files.exists(layout.run(job.id, of: worker)) else { return false }
    return try !LifeLock.isHeld(layout.active(job, of: worker))
  }
}
