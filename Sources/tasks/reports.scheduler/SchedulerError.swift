// SPDX-License-Identifier: MIT
import SupersetTasks
import SystemCalls
import TaskContract
import TaskRuntime
import TaskSubmission

/// Why no schedule was looked at, and what then becomes of the job; an error of one schedule is none of the tick.
enum SchedulerError: TaskFailure {
  /// `triggered_at` is no time.
  case noMoment
  case superset(SupersetTaskError)
  case system(SystemError)
  case submission(SubmissionError)
  case noSpool

  var verdict: Verdict {
    switch self {
    case .noMoment: .badInput
    case .superset(let error): error.verdict
    case .system: .ioError
    case .submission(let error): error.verdict
    case .noSpool: .usage
    }
  }

  var description: String {
    switch self {
    case .noMoment: "the job is malformed: triggered_at is no time"
    case .superset(let error): "\(error)"
    case .system(let error): "\(error)"
    case .submission(let error): "\(error)"
    case .noSpool: "there is no spool to leave jobs in: SPOOL is not set; see --dry-run"
    }
  }
}
