// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

extension Dispatcher {
  func scanDeferred(_ queue: QueueName) throws(SystemError) {
    let directory = spool.layout.directory(of: .deferred, queue)
    do {
      for name in try spool.files.names(in: directory) { noteDeferred(name, in: queue) }
    } catch  where error.errno == .noSuchFile {
      try spool.files.makeDirectories(directory)
    }
  }

  /// The time of the file is the time it is due, whoever set it.
  func noteDeferred(_ fileName: String, in queue: QueueName) {
    guard let job = JobName(fileName: fileName) else { return }
    do {
      guard let status = try spool.files.status(of: spool.layout.deferred(job, in: queue)) else {
        return
      }
      deferred.note(job, in: queue, due: status.modified)
    } catch {
      suffer(error)
    }
  }

  func releaseDue() throws(SystemError) {
    let now = SystemClock.now()
    while let (queue, job) = deferred.popDue(at: now) {
      guard let status = try spool.files.status(of: spool.layout.deferred(job, in: queue)) else {
        continue
      }
      guard status.modified <= now else {
        deferred.note(job, in: queue, due: status.modified)
        continue
      }
      if try spool.release(job, in: queue) { backlogs[queue]?.consider(job.fileName) }
    }
  }
}
