// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Carries out an outcome other than success: each is one transition of SpoolProtocol.
struct Settler {
  let spool: Spool
  let worker: WorkerName
  let rules: OutcomeRules

  func settle(
    _ attempt: EndedAttempt, _ outcome: Outcome
  ) throws(SystemError) -> AttemptRecord {
    var outcome = outcome
    var attempt = attempt
    switch outcome {
    case .finish: try spool.finish([attempt.name], of: worker, as: rules.settings.runForm)
    case .cancelled: try spool.abandon(attempt.name, of: worker)
    case .giveBack: try spool.giveBack(attempt.name, of: worker)
    case .bury(let failure): try bury(&attempt, failure)
    case .pauseQueue(let failure):
      try spool.pause(worker.queue, because: failure.message)
      try spool.giveBack(attempt.name, of: worker)
    case .retry(let failure):
      if let poison = try retry(&attempt, failure) { outcome = .bury(poison) }
    }
    return attempt.record(outcome, worker: worker)
  }

  /// Nil, or, where the job has crashed too often, the failure with which it was buried instead.
  private func retry(
    _ attempt: inout EndedAttempt, _ failure: Failure
  ) throws(SystemError) -> Failure? {
    if failure.isCrash {
      let crashes = try spool.noteCrash(of: attempt.name, of: worker)
      if crashes >= rules.settings.crashLimit {
        var poison = failure
        poison.verdict = "poison"
        poison.message =
          "it brought its process down \(crashes) times, the last time \(failure.message)"
        try bury(&attempt, poison)
        return poison
      }
    }
    let pause = rules.pause(
      after: attempt.name.attempt, random: .random(in: 0...1), atLeast: failure.retryAfter)
    try spool.retry(
      attempt.name, of: worker, at: attempt.ended + pause, because: report(attempt, failure))
    return nil
  }

  /// The log speaks of the job by the name under which it stands now.
  private func bury(_ attempt: inout EndedAttempt, _ failure: Failure) throws(SystemError) {
    let id = try spool.bury(attempt.name, of: worker, because: report(attempt, failure))
    attempt.name = JobName(id: id, attempt: attempt.name.attempt)
  }

  private func report(_ attempt: EndedAttempt, _ failure: Failure) -> FailureReport {
    var report = FailureReport(
      job: attempt.name, worker: worker, verdict: failure.verdict, message: failure.message,
      ended: attempt.ended, exitStatus: failure.exitStatus, signal: failure.signal,
      errors: failure.errors, logTail: failure.logTail)
    report.cache = failure.cache
    return report
  }
}
