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
  private var trigger: TriggerFIFO
  private(set) var watcher: DirectoryWatcher?

  /// By queue; the key nil is incoming/ itself.
  var backlogs: [QueueName?: Backlog] = [nil: Backlog()]
  var paused: Set<QueueName> = []
  /// Queues that something is wrong with.
  var restingQueues: [QueueName: Rest] = [:]
  /// Queues that are to be watched anew.
  var unwatched: Set<QueueName> = []
  var slots: [WorkerName: WorkerSlot] = [:]
  /// Workers that are dead and whose jobs are not settled yet.
  var dead: Set<WorkerName> = []
  /// Those of them that could not be settled.
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
    try listen()
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

  /// Hears of workers that have settled a job.
  private func listen() throws(SystemError) {
    try loop.watch(trigger.file.descriptor) { [unowned self] in
      trigger.drain()
      metrics.noteChange()
      refreshWorkers()
    }
  }

  /// Somebody may have removed or exchanged the FIFO: the workers' pokes would go nowhere.
  private func tendTrigger() {
    do throws(SystemError) {
      let path = spool.layout.dispatcherTrigger
      guard try spool.files.status(of: path)?.inode != trigger.file.status().inode else { return }
      let new = try TriggerFIFO(path)
      loop.forget(trigger.file.descriptor)
      trigger = new
      try listen()
      // Workers of other users may have to write into it.
      tendOwners()
    } catch {
      report("\(error)", .error)
    }
  }

  /// The slow backstop: finds what no event told of.
  private func lookAtEverything() {
    nextBackstop = SystemClock.monotonic() + plan.settings.backstop.nanoseconds
    metrics.noteChange()
    tendTrigger()
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

  func queue(of directory: String, in state: JobState) -> QueueName? {
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
