// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import TaskContract

extension Dispatcher {
  /// Jobs that are made durable and claimed together; as many descriptors are open meanwhile.
  private static let batchLimit = 128

  /// A job that has been looked at and has its worker.
  private struct Choice {
    let candidate: Candidate
    let worker: WorkerName
    let name: JobName
  }

  /// True where a round right now would find something to do.
  var hasWork: Bool {
    guard !isStopping else { return false }
    return backlogs.contains { queue, backlog in
      guard let queue else { return !backlog.isEmpty || backlog.hasMore }
      guard !paused.contains(queue), !backlog.isEmpty || backlog.hasMore else { return false }
      return backlog.hasMore && backlog.isEmpty || !FeedPlan.actions(for: view(of: queue)).isEmpty
    }
  }

  /// Looks at what was dropped and gives each free worker its next jobs, many with the sync of one.
  func feedWorkers() throws(SystemError) {
    let now = SystemClock.now()
    for queue in backlogs.keys { backlogs[queue]?.wakeUnsettled(at: now) }
    do { try routeStrays(at: now) } catch { suffer(error) }
    var choices: [Choice] = []
    for queue in queuesInTurn() where !paused.contains(queue) {
      do {
        try feed(queue, at: now, into: &choices)
      } catch {
        // The others shall not wait for this one, nor what was chosen before.
        suffer(error)
        if error.errno.isShortage { putBackHalf(of: &choices) }
      }
    }
    try claim(choices)
  }

  private func feed(
    _ queue: QueueName, at now: Timestamp, into choices: inout [Choice]
  ) throws(SystemError) {
    try fillBacklog(of: queue)
    guard backlogs[queue]?.isEmpty == false, try canRun(queue) else { return }
    for action in FeedPlan.actions(for: view(of: queue)) {
      switch action {
      case .start: try startWorker(for: queue)
      case .feed(let worker, let count):
        let room = min(count, Self.batchLimit - choices.count)
        try choose(room, for: worker, at: now, into: &choices)
      }
    }
  }

  /// Each choice holds a descriptor: without some that are free, none of them could be claimed.
  private func putBackHalf(of choices: inout [Choice]) {
    for choice in choices.suffix(choices.count / 2) { putBack(choice) }
    choices.removeLast(choices.count / 2)
  }

  func view(of queue: QueueName) -> FeedPlan.QueueView {
    let living = slots.values.filter { $0.name.queue == queue && !$0.isStopping }
    // A dead worker's place is free when its jobs are settled.
    let places = plan.settings[queue.text].workers - dead.count { $0.queue == queue }
    let all = slots.keys.count { $0.queue == queue }
    let startable = starts.mayStart(queue) ? max(0, places - all) : 0
    return FeedPlan.QueueView(
      queue: queue, waiting: backlogs[queue]?.count ?? 0,
      workers: living.map { .init(name: $0.name, free: $0.free, load: $0.jobs.count) },
      startable: startable)
  }

  // MARK: looking

  /// Lists the directory where the window is empty; oldest first.
  private func fillBacklog(of queue: QueueName?) throws(SystemError) {
    guard let backlog = backlogs[queue], backlog.isEmpty, backlog.hasMore else { return }
    let directory =
      queue.map { spool.layout.directory(of: .incoming, $0) }
      ?? spool.layout.directory(of: .incoming)
    var listed: [String] = []
    var isWhole = true
    do {
      try spool.files.forEachName(in: directory) { name in
        if NameRule.isProducersOwn(name) || backlog.unsettled[name] != nil { return true }
        isWhole = listed.count < Backlog.window
        if isWhole { listed.append(name) }
        return isWhole
      }
    } catch  where error.errno == .noSuchFile {
      backlogs[queue]?.fill([], isWhole: true)
      return
    }
    var dated: [(Timestamp, String)] = []
    for name in listed {
      guard let status = try spool.files.status(of: "\(directory)/\(name)") else { continue }
      dated.append((status.modified, name))
    }
    backlogs[queue]?.fill(dated.sorted { $0 < $1 }.map(\.1), isWhole: isWhole)
  }

  /// New queues, and envelopes that were dropped straight into incoming/.
  private func routeStrays(at now: Timestamp) throws(SystemError) {
    try fillBacklog(of: nil)
    while let name = backlogs[nil]?.next() {
      let path = "\(spool.layout.directory(of: .incoming))/\(name)"
      if let queue = QueueName(name), try spool.files.status(of: path)?.kind == .directory {
        try addQueue(queue)
      } else if let candidate = try look(at: name, in: nil, at: now) {
        try route(candidate, from: nil, at: now)
      }
    }
  }

  /// An envelope goes from incoming/ itself into the directory of the queue that it names.
  private func route(
    _ candidate: Candidate, from directory: QueueName?, at now: Timestamp
  ) throws(SystemError) {
    guard try hasQueue(candidate.queue) else {
      return try refuse(
        candidate.fileName, in: directory, because: "there is no queue \(candidate.queue)", at: now)
    }
    let id = try spool.freeID(
      for: candidate.name.id, attempt: candidate.name.attempt, in: candidate.queue,
      besides: candidate.path,
      taken: { isKnown($0, in: candidate.queue) })
    let name = JobName(id: id, attempt: candidate.name.attempt)
    if try spool.route(candidate, as: name) { backlogs[candidate.queue]?.consider(name.fileName) }
  }

  /// An envelope may be seen before the directory of its queue is: names come in any order.
  private func hasQueue(_ queue: QueueName) throws(SystemError) -> Bool {
    if backlogs[queue] != nil { return true }
    let directory = spool.layout.directory(of: .incoming, queue)
    guard try spool.files.status(of: directory)?.kind == .directory else { return false }
    try addQueue(queue)
    return true
  }

  /// A job, or nil where the name was settled otherwise.
  private func look(
    at name: String, in queue: QueueName?, at now: Timestamp
  ) throws(SystemError) -> Candidate? {
    let examination: Examination
    do {
      examination = try spool.examine(name, in: queue, by: plan.intake, at: now)
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
      throw error
    }
  }

  // MARK: giving

  private func choose(
    _ count: Int, for worker: WorkerName, at now: Timestamp, into choices: inout [Choice]
  ) throws(SystemError) {
    let queue = worker.queue
    var given = 0
    while given < count, let fileName = backlogs[queue]?.next() {
      guard let candidate = try look(at: fileName, in: queue, at: now) else { continue }
      guard candidate.queue == queue else {
        try route(candidate, from: queue, at: now)
        continue
      }
      let chosen = choices.filter { $0.worker.queue == queue }.map(\.name.id)
      let id = try spool.freeID(
        for: candidate.name.id, attempt: candidate.name.attempt, in: queue, besides: candidate.path,
        taken: { isKnown($0, in: queue) || chosen.contains($0) })
      let name = JobName(id: id, attempt: candidate.name.attempt)
      if let eta = candidate.job.eta, eta > now, !candidate.wasPostponed(until: eta) {
        if try spool.postpone(candidate, until: eta, as: name) {
          deferred.note(name, in: queue, due: eta)
        }
        continue
      }
      choices.append(Choice(candidate: candidate, worker: worker, name: name))
      given += 1
    }
  }

  /// A running job, or one that waits for its next attempt.
  ///
  /// What was noted may have moved on since; what cannot be looked at counts as there.
  private func isKnown(_ id: JobID, in queue: QueueName) -> Bool {
    var places = slots.values.filter { $0.name.queue == queue }.compactMap { slot in
      slot.job(of: id).map { spool.layout.active($0, of: slot.name) }
    }
    places += deferred.job(of: id, in: queue).map { [spool.layout.deferred($0, in: queue)] } ?? []
    return places.contains { (try? spool.files.exists($0)) ?? true }
  }

  /// Bytes and names are durable before a job is anybody's; then each is one rename.
  private func claim(_ choices: [Choice]) throws(SystemError) {
    guard !choices.isEmpty else { return }
    do {
      try spool.files.makeDurable(
        choices.map(\.candidate.file), in: Set(choices.map(\.candidate.directory)),
        of: spool.layout.root)
      for choice in choices { try claim(choice) }
      let workers = Set(choices.map(\.worker))
      // Bytes and names in incoming/ are durable: what a power cut could undo now is the move alone, and the job
      // would run again. So the worker need not wait for its folder's sync.
      for worker in workers { TriggerFIFO.poke(spool.layout.trigger(of: worker)) }
      for worker in workers { try spool.files.syncDirectory(spool.layout.folder(of: worker)) }
    } catch {
      // Whatever was not claimed still stands in incoming/; whatever was shall run.
      for choice in choices { putBack(choice) }
      for worker in Set(choices.map(\.worker)) {
        TriggerFIFO.poke(spool.layout.trigger(of: worker))
      }
      throw error
    }
  }

  /// One that cannot be moved, since it is somebody else's, must not keep the others waiting.
  private func claim(_ choice: Choice) throws(SystemError) {
    do {
      guard try spool.claim(choice.candidate, for: choice.worker, as: choice.name) else { return }
      slots[choice.worker]?.feed(choice.name)
    } catch {
      guard !error.errno.isShortage else { throw error }
      suffer(error)
      backlogs[choice.candidate.queue]?.wait(
        choice.candidate.fileName, until: SystemClock.now() + plan.settings.backstop)
    }
  }

  private func putBack(_ choice: Choice) {
    backlogs[choice.candidate.queue]?.consider(choice.candidate.fileName)
  }

  /// A queue without an executable is paused when its first job comes, the reason in its `.paused`.
  private func canRun(_ queue: QueueName) throws(SystemError) -> Bool {
    guard try plan.executables.path(of: queue.text) == nil else { return true }
    let reason =
      "no executable \(queue) in \(plan.executables.directories.joined(separator: ", "))"
    try spool.pause(queue, because: reason)
    paused.insert(queue)
    report("\(queue) is paused: \(reason)")
    return false
  }
}
