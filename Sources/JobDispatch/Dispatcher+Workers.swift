// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

extension Dispatcher {
  /// At the start: workers that live are taken over, the jobs of the others are taken back.
  ///
  /// - Throws: where it cannot be seen which there are; nothing may be given to any before that.
  func takeOverWorkers() throws(SystemError) {
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
  private func adopt(_ worker: WorkerName) throws(SystemError) -> Bool {
    guard let process = try LifeLock.holder(of: spool.layout.lock(of: worker)) else { return false }
    let slot = WorkerSlot(adopted: process, name: worker)
    slot.refresh(try spool.jobs(of: worker))
    try keep(slot)
    report("took over \(worker)", .info)
    // It notices that it has a dispatcher again.
    TriggerFIFO.poke(spool.layout.trigger(of: worker))
    return true
  }

  func startWorker(for queue: QueueName) throws(SystemError) {
    let numbers = 1...plan.settings[queue.text].workers
    let free = numbers.map { WorkerName(queue: queue, number: $0) }
      .first { slots[$0] == nil && !dead.contains($0) }
    guard let worker = free else { return }
    try spool.files.makeDirectories(spool.layout.folder(of: worker))
    let bins = plan.binOptions.flatMap { ["--bin", $0] }
    var child = ChildPlan(
      plan.workerProgram, bins + ["--settings", "3", spool.layout.root, worker.description],
      environment: plan.environment)
    child.ownGroup = true
    let messages = try OpenFile.standardError()
    child.descriptors = [
      try spool.files.open("/dev/null", .read), messages, messages,
      try OpenFile.inMemory(plan.accepted.text, named: "spool.toml"),
    ]
    try keep(WorkerSlot(ChildProcess.start(child), name: worker))
    metrics.noteStart(of: queue)
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
    do {
      for slot in slots.values where !slot.jobs.isEmpty {
        let folder = try spool.folder(of: slot.name)
        slot.refresh(folder.jobs)
        // A job that is stuck in the folder takes no place from the others.
        if slot.free == 0 { slot.endedJobs = try countEnded(folder, of: slot.name) }
      }
    } catch {
      suffer(error)
    }
    for queue in Set(slots.keys.map(\.queue)) { notePause(of: queue) }
  }

  private func countEnded(
    _ folder: WorkerFolder, of worker: WorkerName
  ) throws(SystemError) -> Int {
    var count = 0
    for job in folder.begun where try spool.hasEnded(job, of: worker) { count += 1 }
    return count
  }

  // MARK: the dead

  func settleDeadWorkers() {
    for worker in dead.sorted() {
      do {
        if try settle(worker) { dead.remove(worker) }
      } catch {
        // What cannot be settled now must not keep the other queues waiting.
        suffer(error)
      }
    }
  }

  /// True when nothing is left of the worker; false while a process of its task still has to die.
  private func settle(_ worker: WorkerName) throws(SystemError) -> Bool {
    guard try spool.files.exists(spool.layout.folder(of: worker)) else { return true }
    guard let lock = try LifeLock.take(spool.layout.lock(of: worker)) else {
      // It was only starting, or another one of this name has come to life.
      return try adopt(worker)
    }
    defer { withExtendedLifetime(lock) {} }
    // A resident task may be at any of the jobs.
    let residentLock = spool.layout.residentLock(of: worker)
    if try endOrphans(of: "its resident task", holding: residentLock, worker) { return false }
    var isSettled = true
    var failure: SystemError?
    for job in try spool.jobs(of: worker) {
      do {
        isSettled = try settle(job, of: worker) && isSettled
      } catch {
        // The other jobs shall not wait for this one.
        failure = error
      }
    }
    if let failure { throw failure }
    if isSettled { try spool.sweep(worker) }
    return isSettled
  }

  /// False while a process of its task still has to die.
  private func settle(_ job: JobName, of worker: WorkerName) throws(SystemError) -> Bool {
    let path = spool.layout.active(job, of: worker)
    if try endOrphans(of: job.id.text, holding: path, worker) { return false }
    try reclaim(job, of: worker)
    return true
  }

  /// Nobody can collect what they do: they end before their job may run again. False where there are none.
  private func endOrphans(
    of owner: String, holding path: String, _ worker: WorkerName
  ) throws(SystemError) -> Bool {
    guard try LifeLock.isHeld(path) else { return false }
    let killed = try Descendants.killHolders(of: path)
    report("\(worker) left \(killed) processes of \(owner) behind: killed", .notice)
    return true
  }

  private func reclaim(_ job: JobName, of worker: WorkerName) throws(SystemError) {
    let now = SystemClock.now()
    let settings = plan.settings[worker.queue.text]
    let limits = ReclaimLimits(crashes: settings.crashLimit, tries: settings.tries)
    let status = try spool.files.status(of: spool.layout.active(job, of: worker))
    let started = try spool.beginning(of: job, by: worker)
    let outcome = try spool.reclaim(job, of: worker, within: limits, at: now)
    backlogs[worker.queue]?.considerEverything()
    var record = AttemptRecord(
      job: job, worker: worker, verdict: "crashed", place: .incoming, started: started, ended: now)
    record.queued = status?.modified
    record.message = "its worker died"
    switch outcome {
    case .givenBack, .finished: return
    case .tryAgain: break
    case .givenUp: record.place = .errors
    case .poison:
      record.verdict = "poison"
      record.place = .errors
    }
    report("\(worker): \(job.id) \(record.verdict), attempt \(job.attempt)", .notice)
    log(record)
  }

  /// A line that cannot be written is told, not tried again: the log is no place of a job.
  private func log(_ record: AttemptRecord) {
    do { try spool.log([record]) } catch { report("\(error)", .error) }
  }
}
