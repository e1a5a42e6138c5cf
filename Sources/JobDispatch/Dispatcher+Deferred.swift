// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

extension Dispatcher {
  /// Jobs that are released, or names that are taken from a listing, in one round: the others shall not wait for more.
  private static let slice = 512

  /// Listings that are under way at the same time: each holds a descriptor.
  private static let listings = 8

  /// Lists the deferred jobs of a queue, from the next round on.
  func scanDeferred(_ queue: QueueName) { undeferred.insert(queue) }

  private func beginListing(of queue: QueueName) throws(SystemError) {
    let directory = spool.layout.directory(of: .deferred, queue)
    do {
      deferredListings[queue] = try spool.files.list(directory)
    } catch  where error.errno == .noSuchFile {
      try spool.files.makeDirectories(directory)
    }
  }

  private func beginListings() {
    while deferredListings.count < Self.listings, let queue = undeferred.popFirst() {
      do { try beginListing(of: queue) } catch {
        suffer(error, from: queue)
        // It is listed again with everything else.
        guard !error.errno.isShortage else { return }
      }
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
  func releaseDue() -> Bool {
    let now = SystemClock.now()
    while let queue = deferred.popUnlisted(at: now) { scanDeferred(queue) }
    beginListings()
    for (queue, listing) in deferredListings {
      do { try list(listing, of: queue) } catch {
        deferredListings[queue] = nil
        suffer(error, from: queue)
      }
    }
    var room = Self.slice
    while room > 0, let (queue, job) = deferred.popDue(at: now) {
      room -= 1
      // After its rest the directory is listed again.
      guard !isResting(queue) else { continue }
      do { try release(job, in: queue, at: now) } catch {
        suffer(error, from: queue)
        if error.errno.isShortage { return true }
      }
    }
    return room == 0 || !deferredListings.isEmpty || !undeferred.isEmpty
  }

  private func release(
    _ job: JobName, in queue: QueueName, at now: Timestamp
  ) throws(SystemError) {
    let path = spool.layout.deferred(job, in: queue)
    guard let status = try spool.files.status(of: path) else { return }
    guard status.modified <= now else {
      return deferred.note(job, in: queue, due: status.modified)
    }
    if try spool.release(job, in: queue) { backlogs[queue]?.consider(job.fileName) }
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
