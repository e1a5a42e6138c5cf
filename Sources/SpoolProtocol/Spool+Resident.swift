// SPDX-License-Identifier: MIT
import SystemCalls

/// Where a resident task works, and what it gets besides the pipes of its requests and answers.
package struct ResidentPlace {
  package let directory: String
  package let log: OpenFile
  /// Locked; whatever the task starts holds the lock as well.
  package let lock: OpenFile
  package let filesDirectory: String
}

extension Spool {
  /// Makes the directory of a worker's resident task, anew where an earlier one worked.
  package func makeResidentPlace(of worker: WorkerName) throws(SystemError) -> ResidentPlace {
    let directory = layout.resident(of: worker)
    try files.removeTree(directory)
    try files.makeDirectory(directory)
    try files.makeDirectory(layout.residentFiles(of: worker))
    let lock = try files.open(layout.residentLock(of: worker), .update)
    guard try lock.tryLock() else { throw SystemError("lock", lock.path, .tryAgain) }
    return ResidentPlace(
      directory: directory, log: try files.open(layout.residentLog(of: worker), .append),
      lock: lock, filesDirectory: layout.residentFiles(of: worker))
  }

  /// Makes the file of a resident task's answer. That it stands is the sign, after a crash, that the job had been begun.
  package func beginAnswer(
    to job: JobName, of worker: WorkerName
  ) throws(SystemError) -> OpenFile {
    let path = layout.answer(job.id, of: worker)
    do {
      return try files.open(path, .create)
    } catch  where error.errno == .fileExists {
      try files.removeTree(path)
      return try files.open(path, .create)
    }
  }

  /// Moves what a resident task has left in its directory of files to where it is the job's.
  package func keepFiles(of job: JobName, of worker: WorkerName) throws(SystemError) {
    let directory = layout.residentFiles(of: worker)
    guard try !files.isEmpty(directory) else { return }
    let kept = layout.files(job.id, of: worker, .answer)
    try files.removeTree(kept)
    try files.rename(directory, to: kept)
    try files.makeDirectory(directory)
  }

  /// Removes what a job has left in its resident task's directory, so that it is not taken for the next one's.
  package func clearResidentPlace(
    of worker: WorkerName, files hasFiles: Bool
  ) throws(SystemError) {
    let progress = layout.residentProgress(of: worker)
    if try files.exists(progress) { try files.unlinkIfPresent(progress) }
    guard hasFiles else { return }
    let directory = layout.residentFiles(of: worker)
    for name in try files.names(in: directory) { try files.removeTree("\(directory)/\(name)") }
  }

  /// Where the task of a job that runs tells how far it is.
  package func progress(of id: JobID, by worker: WorkerName) throws(SystemError) -> String {
    let isResident = try files.status(of: layout.run(id, of: worker))?.kind == .regular
    return isResident ? layout.residentProgress(of: worker) : layout.progress(id, of: worker)
  }
}
