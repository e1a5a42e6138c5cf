// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// One attempt, from the job's file to what is to become of it.
extension Worker {
  func start(_ job: JobName) throws(SystemError) {
    if order.begun.contains(job), try spool.isFinished(job, of: name) {
      try spool.finish([job], of: name, as: settings.runForm)
      return
    }
    guard !diskSpace.isShort() else {
      throw SystemError("start a task in", spool.layout.root, .noSpace)
    }
    let now = SystemClock.now()
    switch try starter.look(at: job, at: now) {
    case .gone: return
    case .unable(let failure): refuse(job, failure, at: now)
    case .duplicate(let duplicate): try finish(job, as: duplicate, at: now)
    case .ready(let order):
      if settings.isResident { try ask(order, at: now) } else { try launch(order, at: now) }
    }
  }

  private func launch(_ order: JobOrder, at now: Timestamp) throws(SystemError) {
    switch try starter.launch(order, at: now) {
    case .unable(let failure): refuse(order.name, failure, at: now)
    case .running(let attempt):
      running = attempt
      attend(attempt)
    }
  }

  /// The task cannot be started on the job at all.
  func refuse(_ job: JobName, _ failure: Failure, at now: Timestamp) {
    let attempt = EndedAttempt(name: job, started: now, ended: now)
    settle(attempt, failure.pausesQueue ? .pauseQueue(failure) : .bury(failure))
  }

  /// A task whose end nothing tells of, for want of memory or watches, is looked at with its limits until something does.
  func attend(_ attempt: Attempt) {
    do {
      let descriptor = attempt.child.pidfd.descriptor
      try loop.watch(descriptor) { [unowned self] in end(attempt) }
      attempt.isAttended = true
    } catch {
      if attempt.isAttended != false { report("\(name): \(error)") }
      attempt.isAttended = false
    }
  }

  func end(_ attempt: Attempt) {
    // The leader is a zombie until it is reaped, so its group's number is still its own.
    attempt.child.sendToGroup(.kill)
    guard let end = attempt.child.reap() else { return }
    loop.forget(attempt.child.pidfd.descriptor)
    Descendants.killAll()
    conclude(attempt, end, nil)
  }

  /// Settles an attempt whose task has ended, or answered.
  func conclude(_ attempt: Attempt, _ end: ProcessEnd, _ answer: ResidentAnswer?) {
    running = nil
    // Nothing runs any more that it could be locked for, and whoever gets the job next shall not wait for us.
    attempt.release()
    // Another job may have come under its name after it was removed: no look has told of that one yet.
    wantsLook = true
    let over = EndedAttempt(attempt, end)
    // Taken away since the last look: what the task made of it is not asked for any more.
    if isTakenAway(attempt) { return settle(over, .cancelled) }
    do {
      let report =
        end.cause == .exited(0)
        ? .none : try TaskReport.read(attempt.leavings, answer, files: spool.files)
      let outcome = try rules.outcome(of: attempt, end, report: report) {
        () throws(SystemError) in try objection(to: attempt, answer)
      }
      settle(over.withLeavings(of: attempt), excused(outcome))
    } catch {
      suffer(error)
      let failure = Failure(verdict: "system error", message: "\(error)")
      settle(over, rules.retryOrBury(failure, attempt))
    }
  }

  /// The disk is looked at anew: a task may have met its end a moment after the last look.
  private func excused(_ outcome: Outcome) -> Outcome {
    guard case .bury = outcome, DiskSpace.isShort(at: spool.layout.root) else { return outcome }
    return outcome.excusedByFullDisk
  }

  /// Why what a task has left can be no result; nil where it can.
  private func objection(
    to attempt: Attempt, _ answer: ResidentAnswer?
  ) throws(SystemError) -> String? {
    switch attempt.leavings {
    case .run(let run): try OutputCheck.objection(to: run, spool.files)
    case .resident(let hearing):
      if let answer { try keep(answer, hearing, of: attempt) } else { "it has not answered" }
    }
  }

  /// Whether somebody has removed the job's file or moved it elsewhere: there it waits, is held or has failed.
  func isTakenAway(_ attempt: Attempt) -> Bool {
    do {
      let path = spool.layout.active(attempt.name, of: name)
      return try spool.files.status(of: path)?.inode != attempt.status.inode
    } catch {
      return false
    }
  }
}
