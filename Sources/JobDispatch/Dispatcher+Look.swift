// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Finding and judging what was dropped.
extension Dispatcher {
  /// Sorts in what events and a listing have told of a directory, a share of each; `free` is how many jobs may run now.
  ///
  /// - Returns: false where nothing was left to be done.
  func sortIn(_ queue: QueueName?, free: Int) throws(SystemError) -> Bool {
    let hasListed = try list(queue)
    guard let backlog = backlogs[queue], backlog.hasTold else { return hasListed }
    // Who is run at once needs no place in an order.
    guard backlog.hasSorted || backlog.count > free else { return hasListed }
    var share = RoundShare(at: SystemClock.monotonic())
    while share.takesOne(at: SystemClock.monotonic()) {
      guard let name = backlogs[queue]?.nextTold() else { break }
      do { try sortIn(name, queue, glancing: true) } catch {
        backlogs[queue]?.putBack(name)
        throw error
      }
    }
    return true
  }

  /// Goes on with the listing of a directory, and begins one where names are missing.
  private func list(_ queue: QueueName?) throws(SystemError) -> Bool {
    if backlogs[queue]?.wantsListing == true {
      do {
        let listing = try spool.files.list(spool.directory(ofIncoming: queue))
        backlogs[queue]?.beginListing(listing)
      } catch  where error.errno == .noSuchFile {
        backlogs[queue] = queue == nil ? Backlog() : nil
        return false
      }
    }
    guard let backlog = backlogs[queue], let listing = backlog.listing else { return false }
    var share = RoundShare(at: SystemClock.monotonic())
    while share.takesOne(at: SystemClock.monotonic()) {
      guard let name = try listing.next() else {
        backlogs[queue]?.endListing()
        break
      }
      guard !NameRule.isProducersOwn(name), !backlog.knows(name) else { continue }
      try sortIn(name, queue, glancing: backlog.isNew)
    }
    // A listing may show a job that was dropped after a pause of which no event will tell: the watch is younger.
    if let queue { notePause(of: queue) }
    return true
  }

  /// A name's place in the order; what cannot be a job has the middle priority, to be judged in its turn.
  ///
  /// - Parameter isGlancing: the priority is read even of a file that may be too young for the window.
  private func sortIn(
    _ name: String, _ queue: QueueName?, glancing isGlancing: Bool
  ) throws(SystemError) {
    let path = "\(spool.directory(ofIncoming: queue))/\(name)"
    guard let status = try spool.files.status(of: path) else { return }
    let entry = Backlog.Entry(
      priority: Job.defaultPriority, dropped: status.changed, name: name)
    guard status.kind == .regular, isGlancing || backlogs[queue]?.hasRoom(for: entry) == true else {
      backlogs[queue]?.take(entry)
      return
    }
    let priority = try spool.priority(
      of: path, size: status.size, limit: plan.settings.sizeLimit)
    backlogs[queue]?.take(entry.with(priority: priority))
  }

  /// New queues, and envelopes that were dropped straight into incoming/.
  ///
  /// - Returns: false where nothing was left to be done.
  func routeStrays(at now: Timestamp) throws(SystemError) -> Bool {
    var isBusy = try sortIn(nil, free: .max)
    for _ in 0..<RoundShare.names {
      guard let name = backlogs[nil]?.next() else { break }
      isBusy = true
      let path = "\(spool.layout.directory(of: .incoming))/\(name)"
      if let queue = QueueName(name), try spool.files.status(of: path)?.kind == .directory {
        do { try addQueue(queue) } catch { suffer(error, from: queue) }
      } else if let candidate = try look(at: name, in: nil, at: now) {
        try route(candidate, from: nil, at: now)
      }
    }
    return isBusy
  }

  /// An envelope goes from incoming/ itself into the directory of the queue that it names.
  func route(
    _ candidate: Candidate, from directory: QueueName?, at now: Timestamp
  ) throws(SystemError) {
    do {
      guard try hasQueue(candidate.queue) else {
        return try refuse(
          candidate.fileName, in: directory, because: "there is no queue \(candidate.queue)",
          at: now)
      }
      let id = try spool.freeID(
        for: candidate.name.id, attempt: candidate.name.attempt, in: candidate.queue,
        besides: candidate.path,
        taken: { isKnown($0, in: candidate.queue) })
      let name = JobName(id: id, attempt: candidate.name.attempt)
      guard try spool.route(candidate, as: name) else { return }
      backlogs[candidate.queue]?.consider(name.fileName)
    } catch  where !concernsAll(error) {
      // Something is wrong with the queue that it names, not with the one in whose directory it lies.
      suffer(error, from: candidate.queue)
      backlogs[directory]?.wait(candidate.fileName, until: now + Self.strayPause)
    }
  }

  /// An envelope that cannot go where it is to is looked at again after this.
  private static let strayPause: Duration = .seconds(10)

  /// An envelope may be seen before the directory of its queue is: names come in any order.
  private func hasQueue(_ queue: QueueName) throws(SystemError) -> Bool {
    if backlogs[queue] != nil { return true }
    guard try spool.isQueue(queue) else { return false }
    try addQueue(queue)
    return true
  }

  /// A job, or nil where the name was settled otherwise.
  func look(
    at name: String, in queue: QueueName?, at now: Timestamp
  ) throws(SystemError) -> Candidate? {
    let examination: Examination
    do {
      examination = try spool.examine(name, in: queue, by: plan.intake(queue), at: now)
    } catch {
      backlogs[queue]?.putBack(name)
      throw error
    }
    switch examination {
    case .ready(let candidate): return candidate
    case .gone, .producersOwn: return nil
    case .notYet(_, let settlesAt): backlogs[queue]?.wait(name, until: settlesAt)
    case .notAJob(let reason): try refuse(name, in: queue, because: reason, at: now)
    }
    return nil
  }

  private func refuse(
    _ name: String, in queue: QueueName?, because reason: String, at now: Timestamp
  ) throws(SystemError) {
    do {
      guard let place = try spool.reject(name, in: queue, because: reason) else { return }
      report("\(place): \(reason)", .notice)
    } catch {
      // What cannot be moved stays; it is looked at again with the backstop, not at once and for ever.
      backlogs[queue]?.wait(name, until: now + plan.settings.backstop)
      guard !concernsAll(error) else { throw error }
      report("\(error)", .error)
    }
  }

  /// A job in a worker's folder, or one that waits for its next attempt.
  ///
  /// What was noted may have moved on since; what cannot be looked at counts as there.
  func isKnown(_ id: JobID, in queue: QueueName) -> Bool {
    var places = slots.values.filter { $0.name.queue == queue }.compactMap { slot in
      slot.jobs[id].map { spool.layout.active($0, of: slot.name) }
    }
    places += deferred.jobs(of: id, in: queue, tries: plan.settings[queue.text].tries).map {
      spool.layout.deferred($0, in: queue)
    }
    if places.contains(where: { (try? spool.files.exists($0)) ?? true }) { return true }
    return dead.contains { $0.queue == queue && holds($0, id) }
  }

  /// A dead worker's jobs keep their ids until they are settled: a result under the same one would pass for theirs.
  private func holds(_ worker: WorkerName, _ id: JobID) -> Bool {
    guard let jobs = try? spool.jobs(of: worker) else { return true }
    return jobs.contains { $0.id == id }
  }
}
