// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import TaskContract

extension Worker {
  func settle(_ attempt: EndedAttempt, _ outcome: Outcome) {
    if case .finish = outcome {
      ended.append(attempt)
      return
    }
    do {
      let settler = Settler(spool: spool, worker: name, rules: rules)
      log([try settler.settle(attempt, outcome)])
      if case .pauseQueue = outcome { stop(.drain) }
      TriggerFIFO.poke(spool.layout.dispatcherTrigger)
    } catch {
      giveWay(attempt, outcome, error)
    }
  }

  func commitIfDue() {
    let now = SystemClock.monotonic()
    guard now >= shortageUntil else { return }
    let late = unsettled
    unsettled = []
    for (attempt, outcome) in late { settle(attempt, outcome) }
    if let moment = stuck.nextTry, now >= moment { tryStuckAgain() }
    guard let oldest = ended.first else { return }
    let isDue =
      running == nil || ended.count >= Self.commitLimit
      || now - oldest.endedMonotonic >= Self.commitPatience
    if isDue { commit() }
  }

  private func commit() {
    let batch = ended
    ended = []
    publish(batch)
  }

  /// All of them with one sync, or those that can be.
  private func publish(_ batch: [EndedAttempt]) {
    do {
      try finish(batch)
    } catch {
      switch batch.count {
      case _ where error.errno.isShortage:
        ended += batch
        suffer(error)
      case 1: giveWay(batch[0], .finish, error)
      default:
        // One of them is to blame; the others shall not wait for it.
        for attempt in batch { publish([attempt]) }
      }
    }
  }

  private func finish(_ attempts: [EndedAttempt]) throws(SystemError) {
    let facts = Dictionary(attempts.map { ($0.name, $0.facts) }) { first, _ in first }
    let others = try spool.finish(
      attempts.map(\.name), of: name, as: settings.runForm, knowing: facts,
      remembering: starter.memory)
    wantsLook = true
    log(attempts.map { $0.named(others[$0.name]).record(.finish, worker: name) })
    TriggerFIFO.poke(spool.layout.dispatcherTrigger)
  }

  /// A job that another one stands for: its result says so, and is published as any.
  func finish(
    _ job: JobName, as duplicate: Duplicate, at now: Timestamp
  ) throws(SystemError) {
    let file = spool.layout.active(job, of: name)
    var attempt = EndedAttempt(name: job, started: now, ended: now)
    attempt.original = duplicate.original
    attempt.queued = try spool.files.status(of: file)?.modified
    let output =
      switch settings.runForm {
      case .directory: try spool.begin(job, of: name, from: starter.memory.spares).output
      case .answer: try spool.beginAnswer(to: job, of: name)
      }
    try spool.files.write(duplicate.bytes, to: output)
    ended.append(attempt)
  }

  private func tryStuckAgain() {
    for (attempt, outcome) in stuck.takeAll() {
      if case .finish = outcome { publish([attempt]) } else { settle(attempt, outcome) }
    }
  }

  // MARK: what cannot be settled

  /// A shortage is waited for; a job that cannot go where it should goes to errors/, or else back, or else stays.
  func giveWay(_ attempt: EndedAttempt, _ outcome: Outcome, _ error: SystemError) {
    guard !error.errno.isShortage else {
      unsettled.append((attempt, outcome))
      return suffer(error)
    }
    if hasMoved(attempt.name) {
      // The job is where it belongs: what is left is a run without a job, which is nobody's.
      report("\(name): \(error)", .error)
      log([attempt.record(outcome, worker: name)])
      TriggerFIFO.poke(spool.layout.dispatcherTrigger)
      return
    }
    if let other = outcome.otherwise(error), !isFinished(attempt) {
      report("\(name): \(error)", .error)
      return settle(attempt, other)
    }
    if stuck.add(attempt, outcome, because: "\(error)") {
      report("\(name): \(attempt.name.id) stays in \(name): \(error)", .error)
    }
    TriggerFIFO.poke(spool.layout.dispatcherTrigger)
  }

  /// What cannot be looked at counts as still there.
  func hasMoved(_ job: JobName) -> Bool {
    ((try? spool.files.exists(spool.layout.active(job, of: name))) ?? true) == false
  }

  /// Its result stands: whatever happens now, it has not failed. Where nobody can look, nothing was published either.
  private func isFinished(_ attempt: EndedAttempt) -> Bool {
    (try? spool.isFinished(attempt.name, of: name)) ?? false
  }

  /// Lines that cannot be written are told, not tried again: the log is no place of a job.
  func log(_ records: [AttemptRecord]) {
    do { try spool.log(records, of: name) } catch { report("\(error)", .error) }
  }

  /// The machine is short of something: nothing is lost, the same is tried again after a pause.
  func suffer(_ error: SystemError) {
    report("\(name): \(error)", .error)
    shortageUntil = SystemClock.monotonic() + Self.shortagePause.nanoseconds
  }
}

extension Outcome {
  /// Where a job goes instead when this outcome cannot be carried out, and never can; nil where it can but stay.
  fileprivate func otherwise(_ error: SystemError) -> Outcome? {
    var failure = failure ?? Failure(verdict: Verdict.systemError.word, message: "it cannot go on")
    failure.message += "; \(error)"
    switch self {
    case .finish, .retry: return .bury(failure)
    // Where nothing can fail, nothing can be tried: the queue waits until somebody has mended errors/.
    case .bury: return .pauseQueue(failure)
    case .pauseQueue, .giveBack, .cancelled: return nil
    }
  }
}
