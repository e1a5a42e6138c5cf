// SPDX-License-Identifier: MIT
import DirectoryWatch
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// The loop of `spoold`: sees what is dropped, gives it to workers, takes it back from dead ones. It never runs a task.
///
/// Events, scans and timers only say where to look; ``consider(_:in:)`` and what follows may be asked any number of times.
package final class Dispatcher {
  /// A dead worker's task is killed; that its lock falls is looked for so often.
  static let orphanCheck: Duration = .milliseconds(50)

  var plan: DispatchPlan
  let spool: Spool
  let report: Report
  let loop: EventLoop
  private let signals: SignalFile
  private let trigger: TriggerFIFO
  private(set) var watcher: DirectoryWatcher?

  /// By queue; the key nil is incoming/ itself.
  var backlogs: [QueueName?: Backlog] = [nil: Backlog()]
  var paused: Set<QueueName> = []
  var slots: [WorkerName: WorkerSlot] = [:]
  /// Workers that are dead and whose jobs are not settled yet.
  var dead: Set<WorkerName> = []
  /// Those of the queues and of the dead workers that have failed.
  var restingQueues: [QueueName: Rest] = [:]
  /// Queues that are to be watched anew.
  private var unwatched: Set<QueueName> = []
  var restingDead: [WorkerName: Rest] = [:]
  /// Who settles for those of them that ran as another user.
  var settlers: [WorkerName: Settling] = [:]
  var deferred = DeferredIndex()
  /// Queues whose deferred/ is to be listed, and the listings under way, a few at a time.
  var undeferred: Set<QueueName> = []
  var deferredListings: [QueueName: DirectoryListing] = [:]
  var starts = StartLimiter()
  var shares = QueueShares()
  /// Of the queues that have a rate.
  var rates: [QueueName: RateLimit] = [:]
  /// Jobs that are claimed together: fewer than ``largestBatch`` where few descriptors may be open.
  var batchLimit = Dispatcher.largestBatch
  let metrics: Metrics
  let empty: EmptyDirectories
  var shortageUntil: Int64 = 0
  var nextBackstop: Int64 = 0
  private let clock: ClockTimer
  /// The last round has done something, so that the next one may find more to do.
  private(set) var isBusy = false
  private var hasTakenOver = false
  private(set) var isStopping = false

  package init(_ plan: DispatchPlan, report: Report) throws(SystemError) {
    self.plan = plan
    self.report = report
    spool = plan.spool
    empty = EmptyDirectories(plan.spool.files)
    metrics = try Metrics(plan.spool, syncs: plan.syncs)
    loop = try EventLoop()
    signals = try SignalFile([.terminate, .interrupt, .hangUp, .user1])
    trigger = try TriggerFIFO(plan.spool.layout.dispatcherTrigger)
    clock = try ClockTimer()
    let directories = plan.executables.directories + [spool.layout.directory(of: .incoming)]
    watcher = try DirectoryWatcher(program: plan.watchProgram, directories: directories, in: loop) {
      [unowned self] sightings in for sighting in sightings { take(sighting) }
    }
    try loop.watch(signals.file.descriptor) { [unowned self] in takeSignals() }
    try loop.watch(trigger.file.descriptor) { [unowned self] in
      trigger.drain()
      metrics.noteChange()
      refreshWorkers()
    }
    try loop.watch(clock.file.descriptor) { [unowned self] in
      if clock.acknowledge() { report("the clock has been set", .notice) }
    }
  }

  /// Runs until it is told to stop and the last worker has ended.
  package func run() {
    tendOwners()
    while true {
      work()
      if isStopping, slots.isEmpty, hasSettledTheDead { return }
      tendMetrics()
      plan.service.ready()
      plan.service.showLife()
      loop.turn(timeout)
    }
  }

  /// One round: what is due, what died, what waits.
  private func work() {
    let now = SystemClock.monotonic()
    guard now >= shortageUntil else { return }
    isBusy = false
    do {
      if !hasTakenOver { try takeOverWorkers() }
      hasTakenOver = true
      if now >= nextBackstop { lookAtEverything() }
      settleDeadWorkers()
      guard !isStopping else { return }
      isBusy = releaseDue()
      isBusy = try feedWorkers() || isBusy
    } catch {
      suffer(error)
    }
  }

  /// The slow backstop: finds what no event told of.
  private func lookAtEverything() {
    nextBackstop = SystemClock.monotonic() + plan.settings.backstop.nanoseconds
    metrics.noteChange()
    sweepUniqueKeys()
    for queue in backlogs.keys { backlogs[queue]?.considerEverything() }
    for queue in unwatched { watch(queue) }
    unwatched = []
    for queue in backlogs.keys.compactMap({ $0 }) {
      notePause(of: queue)
      scanDeferred(queue)
    }
    refreshWorkers()
  }

  // MARK: what wakes it

  private func take(_ sighting: Sighting) {
    metrics.noteChange()
    switch sighting {
    case .look(let directory, let name): look(directory, name)
    case .watching(let directory): scan(directory)
    case .scanAll: nextBackstop = 0
    case .gone(let directory): forgetQueue(at: directory)
    case .degraded(let reason): report("no events, looking every two seconds: \(reason)")
    }
  }

  private func look(_ directory: String, _ name: String) {
    if directory == spool.layout.directory(of: .incoming) {
      backlogs[nil]?.consider(name)
    } else if let queue = queue(of: directory, in: .incoming) {
      if name == SpoolLayout.pauseMark { notePause(of: queue) }
      backlogs[queue]?.consider(name)
    } else if let queue = queue(of: directory, in: .deferred) {
      do { try noteDeferred(name, in: queue) } catch { suffer(error, from: queue) }
    } else if let queue = QueueName(name), plan.executables.directories.contains(directory) {
      if paused.contains(queue) { notePause(of: queue) }
    }
  }

  private func scan(_ directory: String) {
    if directory == spool.layout.directory(of: .incoming) {
      backlogs[nil]?.considerEverything()
    } else if let queue = queue(of: directory, in: .incoming) {
      backlogs[queue]?.considerEverything()
      notePause(of: queue)
    } else if let queue = queue(of: directory, in: .deferred) {
      scanDeferred(queue)
    }
  }

  private func queue(of directory: String, in state: JobState) -> QueueName? {
    guard directory.parentPath == spool.layout.directory(of: state) else { return nil }
    return QueueName(directory.lastPathPart)
  }

  private func takeSignals() {
    while let signal = signals.next() {
      switch signal {
      case .hangUp: if !isStopping { reload() }
      case .user1: tellState()
      case .terminate, .interrupt: stop()
      case .kill, .processorTimeExceeded, .fileSizeExceeded, .windowChanged: continue
      }
    }
  }

  private func stop() {
    // Another signal the second time: two equal ones are one to a worker that has not looked between them.
    let order = isStopping ? Signal.interrupt : .terminate
    if !isStopping {
      report("stopping: running jobs may end, the others go back", .info)
      plan.service.stopping()
    }
    // One that is leaving already would take the first for its second, which kills.
    for slot in slots.values where isStopping || !slot.isStopping {
      slot.isStopping = true
      slot.process.sendToProcess(order)
    }
    isStopping = true
    // Nothing is released any more: their descriptors may be needed to settle what is left.
    undeferred = []
    deferredListings = [:]
  }

  func lookAtEverythingSoon() { nextBackstop = 0 }

  // MARK: queues

  /// A directory of incoming/ is a queue from the moment it is there.
  func addQueue(_ queue: QueueName) throws(SystemError) {
    guard backlogs[queue] == nil else { return }
    for state in [JobState.deferred, .hold, .results, .errors] {
      try spool.files.makeDirectories(spool.layout.directory(of: state, queue))
    }
    _ = try isHandedOver(queue)
    backlogs[queue] = Backlog()
    notePause(of: queue)
    watch(queue)
    scanDeferred(queue)
  }

  private func watch(_ queue: QueueName) {
    watcher?.add(spool.layout.directory(of: .incoming, queue))
    watcher?.add(spool.layout.directory(of: .deferred, queue))
  }

  /// The directory has been made anew, or cannot be watched; both are found out soon, and not at once and for ever.
  private func loseWatch(of queue: QueueName) {
    unwatched.insert(queue)
    rest(queue)
  }

  private func forgetQueue(at directory: String) {
    guard let queue = queue(of: directory, in: .incoming) else { return }
    guard (try? spool.isQueue(queue)) != true else { return loseWatch(of: queue) }
    backlogs[queue] = nil
    restingQueues[queue] = nil
    backlogs[nil]?.considerEverything()
  }

  func notePause(of queue: QueueName) {
    do throws(SystemError) {
      let reason = try spool.pauseReason(of: queue)
      guard let reason, try !endPause(of: queue) else {
        paused.remove(queue)
        return
      }
      let isNew = paused.insert(queue).inserted
      if isNew, !reason.isEmpty { report("\(queue) is paused: \(reason.prefix { !$0.isNewline })") }
    } catch {
      suffer(error, from: queue)
    }
  }

  /// A program's pause ends when the queue's executable or spool.toml is younger; a person's does not.
  private func endPause(of queue: QueueName) throws(SystemError) -> Bool {
    guard try spool.pauseReason(of: queue)?.isEmpty == false,
      let mark = try spool.files.status(of: spool.layout.pauseMark(of: queue))
    else { return false }
    let executable = try plan.executables.path(of: queue.text)
    for path in [executable, spool.layout.configuration].compactMap({ $0 }) {
      // Of one tick of the clock as well: it may have come right after the mark. If it had come before, the queue is
      // paused again, by a mark that is younger.
      guard let status = try spool.files.status(of: path), status.changed >= mark.modified else {
        continue
      }
      try spool.resume(queue)
      report("\(queue) goes on: \(path) has changed", .info)
      return true
    }
    return false
  }

  /// The queues that have something to look at and may run, in the order of their turns.
  func queuesInTurn() -> [QueueName] {
    shares.inTurn(
      backlogs.compactMap { queue, backlog in
        guard let queue, !paused.contains(queue), !isResting(queue) else { return nil }
        return backlog.isEmpty && backlog.listing == nil && !backlog.wantsListing ? nil : queue
      })
  }

  // MARK: time

  /// When a job of a queue with a rate may pass, on the monotonic clock.
  private var nextPassing: Int64? {
    rates.compactMap { queue, limit in
      guard backlogs[queue]?.isEmpty == false, !paused.contains(queue) else { return nil }
      return plan.settings[queue.text].rate.flatMap(limit.nextMoment)
    }.min()
  }

  private var timeout: Duration? {
    let monotonic = SystemClock.monotonic()
    if shortageUntil > monotonic { return .nanoseconds(shortageUntil - monotonic) }
    if isBusy { return .zero }
    let now = SystemClock.now()
    var pauses: [Duration] = [.nanoseconds(nextBackstop - monotonic)]
    clock.arm(at: isStopping ? nil : deferred.nextDue)
    pauses += backlogs.values.compactMap(\.nextLook).map { $0 - now }
    if dead.contains(where: { restingDead[$0] == nil }) { pauses.append(Self.orphanCheck) }
    let rests = Array(restingQueues.values) + Array(restingDead.values)
    pauses += rests.map(\.until).filter { $0 > monotonic }.map { .nanoseconds($0 - monotonic) }
    pauses += [metricsPause, plan.service.pause].compactMap { $0 }
    if let moment = starts.nextMoment { pauses.append(.nanoseconds(moment - monotonic)) }
    if let moment = nextPassing { pauses.append(.nanoseconds(moment - monotonic)) }
    return max(.zero, pauses.min() ?? .zero)
  }
}
