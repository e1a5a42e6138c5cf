// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import TaskContract

/// Giving jobs to workers.
extension Dispatcher {
  /// Jobs that are made durable and claimed together, at most; as many descriptors are open meanwhile.
  static let largestBatch = 128
  /// Bytes of files with several names that a batch holds in memory, until they are copied; one more may come upon it.
  private static let batchBytes = 4 << 20

  /// A job that has been looked at and has its worker.
  struct Choice {
    var candidate: Candidate
    let worker: WorkerName
    let name: JobName
  }

  /// What one round gives.
  struct Round {
    let now: Timestamp
    var choices: [Choice] = []
    /// Their ids, by queue.
    var ids: [QueueName: Set<JobID>] = [:]
    /// Memory that the chosen hold.
    var heldBytes = 0
    /// Workers that have jobs.
    var running: Int
    let runningLimit: Int
    /// A queue whose turn it is waits for others to end: who has had more gets nothing until then.
    var isHeldBack = false
    /// Something was done, so that another round may find more to do.
    var isBusy = false

    var isFull: Bool { running >= runningLimit }
  }

  /// Looks at what was dropped and gives each free worker its next jobs, many with the sync of one.
  ///
  /// - Returns: false where another round would find nothing to do before something else happens.
  func feedWorkers() throws(SystemError) -> Bool {
    var round = Round(
      now: SystemClock.now(), running: slots.values.count { !$0.jobs.isEmpty },
      runningLimit: plan.settings.runningLimit ?? .max)
    for queue in backlogs.keys { backlogs[queue]?.wakeUnsettled(at: round.now) }
    do { round.isBusy = try routeStrays(at: round.now) } catch { suffer(error) }
    for queue in queuesInTurn() {
      do {
        try feed(queue, in: &round)
        if !isResting(queue) { restingQueues[queue] = nil }
      } catch {
        // The others shall not wait for this one, nor what was chosen before.
        if error.errno.isOutOfDescriptors, !round.choices.isEmpty {
          shrinkBatch(of: round.choices)
          round.isBusy = true
          // A listing may have lost the name that could not be opened.
          backlogs[queue]?.considerEverything()
        } else {
          suffer(error, from: queue)
        }
        if error.errno.isShortage { putBackHalf(of: &round.choices) }
      }
    }
    do {
      try claim(round.choices)
      if round.choices.count == batchLimit { batchLimit = min(batchLimit + 1, Self.largestBatch) }
    } catch {
      guard error.errno.isOutOfDescriptors, round.choices.count > 1 else { throw error }
      shrinkBatch(of: round.choices)
    }
    return round.isBusy
  }

  private func feed(_ queue: QueueName, in round: inout Round) throws(SystemError) {
    let free = view(of: queue, in: round).workers.reduce(0) { $0 + $1.free }
    if try sortIn(queue, free: free) { round.isBusy = true }
    guard backlogs[queue]?.isEmpty == false, !paused.contains(queue), try canRun(queue) else {
      return
    }
    let rate = plan.settings[queue.text].rate
    var passing =
      rate.map {
        rates[queue, default: RateLimit()].allowance(at: $0, now: SystemClock.monotonic())
      }
      ?? .max
    let view = view(of: queue, in: round)
    if round.isFull, view.startable > 0 || view.workers.contains(where: { $0.load == 0 }) {
      round.isHeldBack = true
    }
    for action in FeedPlan.actions(for: view) {
      switch action {
      case .start:
        guard passing > 0, !round.isFull else { continue }
        if try startWorker(for: queue) { round.isBusy = true }
      case .feed(let worker, let count):
        let room = min(count, passing, batchLimit - round.choices.count)
        guard room > 0 else { continue }
        let isIdle = slots[worker]?.jobs.isEmpty == true
        if isIdle, round.isFull { continue }
        let given = try choose(room, for: worker, in: &round)
        passing -= given
        if given > 0, isIdle { round.running += 1 }
      }
    }
  }

  /// The batch alone was too large for what may be opened: nothing to wait for, nor to tell anybody.
  private func shrinkBatch(of choices: [Choice]) { batchLimit = max(1, choices.count / 2) }

  /// Each choice holds a descriptor: without some that are free, none of them could be claimed.
  private func putBackHalf(of choices: inout [Choice]) {
    for choice in choices.suffix(choices.count / 2) { putBack(choice) }
    choices.removeLast(choices.count / 2)
  }

  private func view(of queue: QueueName, in round: Round) -> FeedPlan.QueueView {
    let living = slots.values.filter { $0.name.queue == queue && !$0.isStopping }
    // A dead worker's place is free when its jobs are settled.
    let places = plan.settings[queue.text].workers - dead.count { $0.queue == queue }
    let all = slots.keys.count { $0.queue == queue }
    let startable = starts.mayStart(queue) ? max(0, places - all) : 0
    return FeedPlan.QueueView(
      queue: queue, waiting: backlogs[queue]?.count ?? 0,
      workers: living.map { slot in
        let isClosed = slot.jobs.isEmpty ? round.isFull : round.isHeldBack
        return .init(name: slot.name, free: isClosed ? 0 : slot.free, load: slot.jobs.count)
      },
      startable: startable)
  }

  // MARK: giving

  /// - Returns: how many jobs the worker is to get.
  private func choose(
    _ count: Int, for worker: WorkerName, in round: inout Round
  ) throws(SystemError) -> Int {
    let queue = worker.queue
    var given = 0
    let vacant = try vacantStates(of: queue)
    defer {
      shares.serve(queue, jobs: given, weight: plan.settings[queue.text].weight)
      rates[queue]?.pass(given)
    }
    while given < count, round.heldBytes < Self.batchBytes, let fileName = backlogs[queue]?.next() {
      round.isBusy = true
      guard let candidate = try look(at: fileName, in: queue, at: round.now) else { continue }
      guard candidate.queue == queue else {
        try route(candidate, from: queue, at: round.now)
        continue
      }
      let chosen = round.ids[queue, default: []]
      let id = try spool.freeID(
        for: candidate.name.id, attempt: candidate.name.attempt, in: queue, besides: candidate.path,
        vacant: vacant, taken: { isKnown($0, in: queue) || chosen.contains($0) })
      let name = JobName(id: id, attempt: candidate.name.attempt)
      if let eta = candidate.job.eta, eta > round.now, !candidate.wasPostponed(until: eta) {
        if try spool.postpone(candidate, until: eta, as: name) {
          deferred.note(name, in: queue, due: eta)
        }
        continue
      }
      round.choices.append(Choice(candidate: candidate, worker: worker, name: name))
      round.ids[queue, default: []].insert(id)
      round.heldBytes += candidate.heldBytes
      given += 1
    }
    return given
  }

  /// The states in which a queue has no jobs: none of them has to be asked for each id.
  private func vacantStates(of queue: QueueName) throws(SystemError) -> Set<JobState> {
    var states: Set<JobState> = []
    for state in [JobState.deferred, .hold, .errors] {
      if try empty.contains(spool.layout.directory(of: state, queue)) { states.insert(state) }
    }
    return states
  }

  /// Bytes and names are durable before a job is anybody's; then each is one rename.
  private func claim(_ choices: [Choice]) throws(SystemError) {
    guard !choices.isEmpty else { return }
    do {
      let choices = try prepare(choices)
      try spool.files.makeDurable(
        choices.map(\.candidate.durable), in: Set(choices.map(\.candidate.directory)),
        of: spool.layout.root)
      for choice in choices { try claim(choice) }
      let workers = Set(choices.map(\.worker))
      let weighing = Set(
        choices.filter { $0.candidate.job.priority != Job.defaultPriority }.map(\.worker))
      // Bytes and names in incoming/ are durable: what a power cut could undo now is the move alone, and the job
      // would run again. So the worker need not wait for its folder's sync.
      for worker in workers { wake(worker, weighing.contains(worker) ? .weigh : .look) }
      for worker in workers {
        do { try spool.files.syncDirectory(spool.layout.folder(of: worker)) } catch
          where !error.errno.isShortage
        { suffer(error, from: worker.queue) }
      }
    } catch {
      // Whatever was not claimed still stands in incoming/; whatever was shall run.
      for choice in choices { putBack(choice) }
      for worker in Set(choices.map(\.worker)) {
        TriggerFIFO.poke(spool.layout.trigger(of: worker), .weigh)
      }
      throw error
    }
  }

  /// One that cannot hear, since somebody has removed or exchanged its FIFO or its folder, is replaced.
  private func wake(_ worker: WorkerName, _ word: TriggerFIFO.Word) {
    guard !TriggerFIFO.poke(spool.layout.trigger(of: worker), word), let slot = slots[worker],
      !slot.isStopping, slot.isSettledIn
    else { return }
    report("\(worker) cannot be woken: it is replaced", .notice)
    slot.dismiss()
  }

  /// Writes the copies that jobs of other owners need, so that all are made durable together.
  private func prepare(_ choices: [Choice]) throws(SystemError) -> [Choice] {
    var prepared = choices
    for index in prepared.indices {
      prepared[index].candidate = try spool.prepare(prepared[index].candidate)
    }
    return prepared
  }

  /// One that cannot be moved, since it is somebody else's, must not keep the others waiting.
  private func claim(_ choice: Choice) throws(SystemError) {
    do {
      guard try spool.claim(choice.candidate, for: choice.worker, as: choice.name) else { return }
      slots[choice.worker]?.feed(choice.name)
    } catch {
      guard !error.errno.isShortage else { throw error }
      report("\(error)", .error)
      var pause = plan.settings.backstop
      if error.errno == .noSuchFile,
        try !spool.files.exists(spool.layout.folder(of: choice.worker))
      {
        // Somebody has removed its folder: the next worker makes a new one.
        slots[choice.worker]?.dismiss()
        pause = Self.shortagePause
      }
      backlogs[choice.candidate.queue]?.wait(
        choice.candidate.fileName, until: SystemClock.now() + pause)
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
    guard try plan.executables.path(of: queue.text) == nil else {
      // It came between the look and the mark, which is therefore younger and would stay.
      try spool.resume(queue)
      return true
    }
    paused.insert(queue)
    report("\(queue) is paused: \(reason)")
    return false
  }
}
