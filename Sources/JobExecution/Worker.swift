// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// One worker: owns a folder of active/ and runs the jobs in it, one at a time, until it is told to stop.
///
/// It never chooses a job: whatever stands in its folder is its own, whatever it settles leaves the folder.
package final class Worker {
  /// How many results are published with one sync at most; more gain nothing.
  static let commitLimit = 64
  /// A result waits at most this long for others to be published with it.
  static let commitPatience: Int64 = 50_000_000
  /// While a task runs, its file is looked for so often, since `rm` of it means "cancel".
  static let cancelCheck: Duration = .seconds(1)
  /// After a shortage (disk, descriptors, processes) the same is tried again.
  static let shortagePause: Duration = .seconds(1)

  let spool: Spool
  let name: WorkerName
  let settings: QueueSettings
  let starter: TaskStarter
  let rules: OutcomeRules
  let report: Report

  let loop: EventLoop
  private let signals: SignalFile
  private let trigger: TriggerFIFO
  private let dispatcher: DispatcherWatch

  var diskSpace: DiskWatch
  private(set) var order: FolderOrder
  var waiting: [JobName] = []
  /// The folder may hold what the last look did not find.
  var wantsLook = false
  var running: Attempt?
  /// The process of a resident task, from its first job on.
  var resident: ResidentTask?
  /// Ended well, not yet published.
  var ended: [EndedAttempt] = []
  /// Ended otherwise, not yet settled, since the machine was short of something.
  var unsettled: [(EndedAttempt, Outcome)] = []
  /// Not to be settled, whatever the machine has: they wait in the folder, and nobody waits for them.
  var stuck = StuckJobs()
  var shortageUntil: Int64 = 0
  private var stopping = Stopping.no

  enum Stopping { case no, drain, kill }

  package init(_ plan: WorkerPlan, report: Report) throws(SystemError) {
    spool = plan.spool
    name = plan.name
    settings = plan.settings
    diskSpace = DiskWatch(path: plan.spool.layout.root)
    order = FolderOrder(plan.spool, plan.name)
    rules = OutcomeRules(settings: plan.settings)
    starter = TaskStarter(
      spool: plan.spool, worker: plan.name, settings: plan.settings, executables: plan.executables,
      environment: plan.environment, memory: WorkerMemory(plan.spool.files))
    self.report = report
    loop = try EventLoop()
    signals = try SignalFile([.terminate, .interrupt, .hangUp])
    trigger = try TriggerFIFO(plan.spool.layout.trigger(of: plan.name))
    dispatcher = DispatcherWatch(lock: plan.spool.layout.dispatcherLock)
    try Descendants.adoptOrphans()
    try loop.watch(signals.file.descriptor) { [unowned self] in takeSignals() }
    try loop.watch(trigger.file.descriptor) { [unowned self] in wake() }
  }

  /// Runs until it is told to stop or its dispatcher stays away.
  package func run() {
    wake()
    while !isDone {
      startNext()
      commitIfDue()
      if isDone { break }
      loop.turn(timeout)
      checkLimits()
      if stopping == .no, dispatcher.isGone(in: loop) { stop(.drain) }
    }
    resident?.leave()
    while resident != nil {
      loop.turn(timeout)
      checkLimits()
    }
  }

  /// Told twice to stop, it leaves what it cannot settle now to the dispatcher.
  private var isDone: Bool {
    guard running == nil else { return false }
    return stopping == .kill || (stopping == .drain && ended.isEmpty && unsettled.isEmpty)
  }

  // MARK: what wakes it

  private func wake() {
    if trigger.drain() { order.mayDiffer = true }
    look()
  }

  /// Lists the folder.
  private func look() {
    do {
      let busy = Set(
        [running?.name].compactMap { $0 } + ended.map(\.name) + unsettled.map(\.0.name)
          + stuck.names)
      waiting = try order.look(besides: busy)
      wantsLook = false
    } catch {
      wantsLook = true
      suffer(error)
    }
  }

  private func takeSignals() {
    while let signal = signals.next() {
      guard signal != .hangUp else { continue }
      stop(stopping == .no ? .drain : .kill)
    }
  }

  /// The jobs that have not been started go back at once; the running one ends, or, the second time, is ended.
  func stop(_ how: Stopping) {
    stopping = how
    look()
    for job in waiting {
      do { try spool.giveBack(job, of: name) } catch { report("\(error)", .error) }
    }
    waiting = []
    if how == .kill {
      running?.end(.stopped)
      resident?.kill()
    }
    TriggerFIFO.poke(spool.layout.dispatcherTrigger)
  }

  // MARK: a task's life

  private func startNext() {
    guard running == nil, stopping == .no, unsettled.isEmpty else { return }
    guard SystemClock.monotonic() >= shortageUntil else { return }
    if waiting.isEmpty, wantsLook || !ended.isEmpty { look() }
    // A resident task that leaves is waited for: two would share one directory.
    while running == nil, !waiting.isEmpty, resident?.isLeaving != true {
      let job = waiting.removeFirst()
      do {
        try start(job)
        // Gone or done: the dispatcher has to hear of it to have this place back.
        if running == nil { TriggerFIFO.poke(spool.layout.dispatcherTrigger) }
      } catch {
        guard error.errno.isShortage else {
          refuse(job, error)
          continue
        }
        waiting.insert(job, at: 0)
        return suffer(error)
      }
    }
  }

  /// What cannot even be started fails, and the next one has its turn; what somebody has taken away leaves nothing.
  private func refuse(_ job: JobName, _ error: SystemError) {
    guard error.errno != .noSuchFile || !hasMoved(job) else {
      do { try spool.abandon(job, of: name) } catch { report("\(error)", .error) }
      TriggerFIFO.poke(spool.layout.dispatcherTrigger)
      return
    }
    let now = SystemClock.now()
    giveWay(EndedAttempt(name: job, started: now, ended: now), .finish, error)
  }

  private func checkLimits() {
    if let moment = resident?.killAt, SystemClock.monotonic() >= moment { resident?.kill() }
    guard let attempt = running else { return }
    if attempt.isAttended == false {
      attend(attempt)
      if attempt.child.hasEnded { return end(attempt) }
    }
    attempt.checkLimits(at: SystemClock.monotonic())
    if attempt.ending != .cancelled, isTakenAway(attempt) {
      report("\(name): \(attempt.name.id) was removed while it ran", .info)
      attempt.end(.cancelled)
    }
  }

  private var timeout: Duration? {
    let now = SystemClock.monotonic()
    var moments: [Int64] = []
    if let attempt = running {
      moments.append(now + Self.cancelCheck.nanoseconds)
      moments.append(attempt.ending == nil ? attempt.softLimit : attempt.hardLimit)
    }
    if let oldest = ended.first {
      moments.append(max(oldest.endedMonotonic + Self.commitPatience, shortageUntil))
    }
    if shortageUntil > now { moments.append(shortageUntil) }
    if wantsLook, waiting.isEmpty, running == nil, stopping == .no {
      moments.append(max(now, shortageUntil))
    }
    moments += [stuck.nextTry, resident?.killAt].compactMap(\.self)
    // Who stops already does not ask any more whether to.
    if stopping == .no, let moment = dispatcher.nextLook { moments.append(moment) }
    return moments.min().map { .nanoseconds(max(0, $0 - now)) }
  }
}
