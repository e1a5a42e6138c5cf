// SPDX-License-Identifier: MIT
import JSONValues
import SpoolConfiguration
import SpoolProtocol
import SystemCalls
import TaskContract

/// Decides what an attempt's end means; spool-task(7) has the table.
struct OutcomeRules {
  let settings: QueueSettings

  /// - Parameter objection: why the output can be no result; asked only where it matters, it reads the whole output.
  func outcome(
    of attempt: Attempt, _ end: ProcessEnd, report: TaskReport,
    objection: () throws(SystemError) -> String?
  ) throws(SystemError) -> Outcome {
    if attempt.ending == .cancelled { return .cancelled }
    if attempt.ending == .stopped { return .giveBack }
    switch end.cause {
    case .exited(let status): return try outcome(status, attempt, report, objection)
    case .signalled(let number):
      let used = end.userSeconds + end.systemSeconds
      return outcome(killedBy: number, after: used, attempt, report)
    }
  }

  private func outcome(
    _ status: Int32, _ attempt: Attempt, _ report: TaskReport,
    _ objection: () throws(SystemError) -> String?
  ) throws(SystemError) -> Outcome {
    let disposition = settings.exitCodes.disposition(of: status)
    // A shell's way to say that its command was killed.
    if status > 128, disposition == .bury, let limit = settings.exceeded(by: status - 128) {
      return .bury(limit.failure(settings, signal: status - 128, logTail: report.logTail))
    }
    var failure = Failure(
      verdict: settings.exitCodes.verdict(of: status).word,
      message: report.message ?? "exit status \(status)",
      exitStatus: status, errors: report.errors, cache: report.cache,
      retryAfter: report.retryAfter, logTail: report.logTail)
    switch disposition {
    case .finish:
      guard let objection = try objection() else { return .finish }
      failure.verdict = Verdict.bug.word
      failure.message = objection
      (failure.errors, failure.cache) = ([], [])
      return .bury(failure)
    case .retry: return retryOrBury(failure, attempt)
    case .bury: return .bury(failure)
    case .pauseQueue: return .pauseQueue(failure)
    }
  }

  private func outcome(
    killedBy number: Int32, after cpuSeconds: Double, _ attempt: Attempt, _ report: TaskReport
  ) -> Outcome {
    let name = Signal.name(number)
    var failure = Failure(
      verdict: "crashed", message: "killed by \(name)", signal: name, isCrash: true,
      logTail: report.logTail)
    if attempt.ending != nil {
      failure.verdict = "timed out"
      failure.message = "the time limit was exceeded"
      failure.isCrash = false
      return .bury(failure)
    }
    if let limit = settings.exceeded(by: number, after: cpuSeconds) {
      return .bury(limit.failure(settings, signal: number, logTail: report.logTail))
    }
    return retryOrBury(failure, attempt)
  }

  func retryOrBury(_ failure: Failure, _ attempt: Attempt) -> Outcome {
    let allowed = attempt.job.retries.map { $0 + 1 } ?? settings.tries
    guard attempt.name.attempt >= allowed else { return .retry(failure) }
    var failure = failure
    failure.message += "; given up after \(attempt.name.attempt) of \(allowed) tries"
    return .bury(failure)
  }

  /// Before the attempt after this one: doubled each time up to the limit, a quarter more or less by chance; never less
  /// than the task has asked for.
  func pause(after attempt: Int, random: Double, atLeast asked: Duration? = nil) -> Duration {
    let doubled = settings.retryPause * Int(1 << min(attempt - 1, 30))
    let pause = min(doubled, settings.retryPauseLimit) * (0.75 + 0.5 * random)
    return max(pause, asked ?? .zero)
  }
}
