// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

extension Dispatcher {
  /// At the start: workers that live are taken over, the jobs of the others are taken back.
  ///
  /// - Throws: where it cannot be seen which there are; nothing may be given to any before that.
  func takeOverWorkers() throws(SystemError) {
    try spool.sweepCopies()
    for worker in try spool.workers() {
      do {
        if try !adopt(worker) { dead.insert(worker) }
      } catch {
        // To settle it tells again whether it lives, as often as it takes.
        dead.insert(worker)
        suffer(error)
      }
    }
  }

  /// True where the worker lives: it goes on with what it has.
  func adopt(_ worker: WorkerName) throws(SystemError) -> Bool {
    guard let process = try holder(of: worker) else { return false }
    let slot = WorkerSlot(adopted: process, name: worker)
    slot.refresh(try spool.jobs(of: worker))
    try keep(slot)
    report("took over \(worker)", .info)
    // It notices that it has a dispatcher again.
    TriggerFIFO.poke(spool.layout.trigger(of: worker))
    if try hasFormerOwner(worker) { slot.dismiss() }
    return true
  }

  private func holder(of worker: WorkerName) throws(SystemError) -> OpenFile? {
    let lock = spool.layout.lock(of: worker)
    guard let owner = try foreignOwner(of: worker) else { return try LifeLock.holder(of: lock) }
    // What a task may have put in its place is no living worker's, and no trouble of ours.
    do { return try LifeLock.holder(of: lock, belongingTo: owner.user) } catch
      where
      !error.errno.isShortage
    { return nil }
  }

  /// - Returns: false where none is to be started yet.
  func startWorker(for queue: QueueName) throws(SystemError) -> Bool {
    let numbers = 1...plan.settings[queue.text].workers
    let free = numbers.lazy.map { WorkerName(queue: queue, number: $0) }
      .first { slots[$0] == nil && !dead.contains($0) }
    guard let worker = free, try isHandedOver(queue) else { return false }
    try spool.files.makeDirectories(spool.layout.folder(of: worker))
    try handFolder(of: worker)
    try keep(WorkerSlot(startWorker([], worker, as: plan.separation[queue].account), name: worker))
    metrics.noteStart(of: queue)
    return true
  }

  /// - Parameter account: whom it becomes; nil: it stays who we are.
  func startWorker(
    _ options: [String], _ worker: WorkerName, as account: Account?
  ) throws(SystemError) -> ChildProcess {
    let bins = plan.binOptions.flatMap { ["--bin", $0] }
    let operands = ["--settings", "3", spool.layout.root, worker.description]
    var child = ChildPlan(
      plan.workerProgram, options + bins + operands, environment: plan.environment(of: account))
    child.ownGroup = true
    child.account = account
    child.handsOnCapabilities = false
    let messages = try OpenFile.standardError()
    child.descriptors = [
      try spool.files.open("/dev/null", .read), messages, messages,
      try OpenFile.inMemory(plan.handedOn(to: account), named: "spool.toml"),
    ]
    return try ChildProcess.start(child)
  }

  private func keep(_ slot: WorkerSlot) throws(SystemError) {
    do {
      try loop.watch(slot.process.descriptor) { [unowned self] in bury(slot) }
    } catch {
      // Nobody would hear of its end: it is taken over once that can be had.
      dead.insert(slot.name)
      throw error
    }
    slots[slot.name] = slot
  }

  /// A worker has ended; what it held is settled in the next round.
  private func bury(_ slot: WorkerSlot) {
    loop.forget(slot.process.descriptor)
    let end = slot.child?.reap()
    slots[slot.name] = nil
    metrics.noteChange()
    dead.insert(slot.name)
    guard let end, end.cause != .exited(0) else { return }
    report("\(slot.name) died: \(end.cause)")
    starts.noteEnd(of: slot.name.queue, after: SystemClock.monotonic() - slot.started)
  }

  /// Looks which jobs the workers still hold, and so who is free.
  func refreshWorkers() {
    for slot in slots.values {
      do {
        if !slot.jobs.isEmpty { try refresh(slot) }
        try carryLog(of: slot.name)
      } catch {
        suffer(error, from: slot.name.queue)
      }
    }
    for queue in Set(slots.keys.map(\.queue)) { notePause(of: queue) }
  }

  private func refresh(_ slot: WorkerSlot) throws(SystemError) {
    let folder = try spool.folder(of: slot.name)
    slot.refresh(folder.jobs)
    // Jobs that are stuck in the folder take no places from the others, or one at most.
    if slot.free == 0 { slot.endedJobs = try countEnded(folder, of: slot.name) }
  }

  private func countEnded(
    _ folder: WorkerFolder, of worker: WorkerName
  ) throws(SystemError) -> Int {
    let begun = folder.begun
    // A worker runs one at a time.
    guard begun.count == 1 else { return max(0, begun.count - 1) }
    return try spool.hasEnded(begun[0], of: worker) ? 1 : 0
  }

  // MARK: the dead

  func settleDeadWorkers() {
    let now = SystemClock.monotonic()
    for worker in dead.sorted() where now >= restingDead[worker]?.until ?? 0 {
      do {
        guard try settle(worker) else { continue }
        dead.remove(worker)
        restingDead[worker] = nil
      } catch {
        guard !concernsAll(error) else {
          suffer(error)
          continue
        }
        // What cannot be settled must not keep the others waiting.
        report("\(error)", .error)
        restingDead[worker] = Rest(at: now, after: restingDead[worker])
      }
    }
  }

  /// True when nothing is left of the worker; false while a process of its task still has to die.
  private func settle(_ worker: WorkerName) throws(SystemError) -> Bool {
    if let owner = try foreignOwner(of: worker) { return try settle(worker, as: owner) }
    let settings = plan.settings[worker.queue.text]
    let limits = ReclaimLimits(crashes: settings.crashLimit, tries: settings.tries)
    defer { backlogs[worker.queue]?.considerEverything() }
    let dead = DeadWorker(worker, of: spool, within: limits, report: report)
    switch try dead.settle() {
    case .settled: return true
    case .dying: return false
    case .alive: return try adopt(worker)
    }
  }
}
