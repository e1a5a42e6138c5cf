// SPDX-License-Identifier: MIT
import CacheWarmUp
import ChartTasks
import JSONValues
import SupersetTasks
import TaskContract
import TaskRuntime
import TaskSubmission

/// Why no charts are warmed up, and what then becomes of the job.
enum WarmUpError: TaskFailure, Hashable {
  case superset(SupersetTaskError)
  case charts(ChartTaskError)
  case strategy(StrategyError)
  case submission(SubmissionError)
  case noStrategy
  case noSpool
  /// SIGTERM has come.
  case brokenOff(done: Int, of: Int)

  var verdict: Verdict {
    switch self {
    case .superset(let error): error.verdict
    case .charts(let error): error.verdict
    case .strategy(.execute(_, let error)): error.verdict
    case .strategy(.notFound), .strategy(.create), .noStrategy: .badInput
    case .submission(let error): error.verdict
    case .noSpool: .usage
    // Another attempt goes on where this one was.
    case .brokenOff: .tryLater
    }
  }

  var description: String {
    switch self {
    case .superset(let error): "\(error)"
    case .charts(let error): "\(error)"
    case .strategy(let error): "\(error)"
    case .submission(let error): "\(error)"
    case .noStrategy: "the job has no strategy_name"
    case .noSpool: "there is no spool to leave jobs in: SPOOL is not set; see --dry-run"
    case .brokenOff(let done, let count):
      "broken off: \(count - done) of \(count) charts have no job yet"
    }
  }

  var errors: [JSONValue] {
    var error: JSONObject = ["message": .string(description)]
    if case .strategy(let strategy) = self { error["error_type"] = .string(strategy.name) }
    return [.object(error)]
  }
}
