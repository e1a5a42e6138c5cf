// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

extension Dispatcher {
  /// Jobs that are released, or names that are taken from a listing, in one round: the others shall not wait for more.
  private static let slice = 512

  /// Lists the deferred jobs of a queue, from the next round on.
  func scanDeferred(_ queue: QueueName) throws(SystemError) {
    let directory = spool.layout.directory(of: .deferred, queue)
    do {
      deferredListings[queue] = try spool.files.list(directory)
    } catch  where error.errno == .noSuchFile {
      try spool.files.makeDirectories(directory)
    }
  }

  /// The time of the file is the time it is due, whoever set it.
  func noteDeferred(_ fileName: String, in queue: QueueName) throws(SystemError) {
    guard let job = JobName(fileName: fileName) else { return }
    let path = spool.layout.deferred(job, in: queue)
    guard let status = try spool.files.status(of: path) else { return }
    deferred.note(job, in: queue, due: status.modified)
  }

  /// - Returns: false where nothing was left to be done.
  func releaseDue() throws(SystemError) -> Bool {
    let now = SystemClock.now()
    while let queue = deferred.popUnlisted(at: now) { try scanDeferred(queue) }
    for (queue, listing) in deferredListings { try list(listing, of: queue) }
    var room = Self.slice
    while room > 0, let (queue, job) = deferred.popDue(at: now) {
      room -= 1
      guard let status = try spool.files.status(of: spool.layout.deferred(job, in: queue)) else {
        continue
      }
      guard status.modified <= now else {
        deferred.note(job, in: queue, due: status.modified)
        continue
      }
      if try spool.release(job, in: queue) { backlogs[queue]?.consider(job.fileName) }
    }
    return room == 0 || !deferredListings.isEmpty
  }

  private func list(_ listing: DirectoryListing, of queue: QueueName) throws(SystemError) {
    for _ in 0..<Self.slice {
      guard let name = try listing.next() else {
        deferredListings[queue] = nil
        return
      }
      try noteDeferred(name, in: queue)
    }
  }
}
