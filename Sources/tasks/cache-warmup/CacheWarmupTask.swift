// SPDX-License-Identifier: MIT
import CacheWarmUp
import ChartQueries
import JSONValues
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskRuntime
import TaskSubmission

/// Superset's task of this name: chooses charts by a strategy, and leaves a job for each.
@main
enum CacheWarmupTask: TaskProgram {
  static let name = "cache-warmup"
  static let summary = "Chooses charts by a strategy, and leaves a job for each that warms it up"
  static let parameters = ["strategy_name", "..."]
  static let flags = [
    (name: "dry-run", effect: "print what would be warmed up, one line for fetch_url each")
  ]

  /// All arguments but the strategy's name are the strategy's own, also those by position.
  static func named(_ job: JSONValue) throws(TaskStartError) -> JSONValue { job }

  static func run(_ job: JSONValue, _ context: TaskContext) throws(WarmUpError) -> TaskOutput {
    let (strategy, arguments) = try choice(job)
    let session: SupersetSession
    do { session = try SupersetSession(context) } catch { throw .superset(error) }
    let charts: [PlacedChart]
    do {
      charts = try WarmUpStrategies.charts(
        of: strategy, arguments, now: CivilTime(SystemClock.now()), from: session.metadata)
    } catch { throw .strategy(error) }
    guard !context.has(flag: "dry-run") else {
      return TaskOutput(lines: charts.withDifferentPayloads.map(\.payload))
    }
    guard let submitter = JobSubmitter(context.environment) else { throw .noSpool }
    let jobs = WarmUpJobs(session, submitter, context.cancellation)
    switch session.settings.warmUp.way {
    case .web: return try jobs.leave(charts.withDifferentPayloads, WebWarmUp())
    case .native: return try jobs.leave(charts, try NativeWarmUp(session, context))
    }
  }

  private static func choice(
    _ job: JSONValue
  ) throws(WarmUpError) -> (strategy: String, arguments: StrategyArguments) {
    var named = job.objectValue ?? [:]
    var positional = named.removeValue(forKey: "args")?.arrayValue ?? []
    var name = named.removeValue(forKey: "strategy_name")
    if name == nil, !positional.isEmpty { name = positional.removeFirst() }
    guard let text = name?.stringValue else { throw .noStrategy }
    return (text, StrategyArguments(positional, named))
  }
}

extension CivilTime {
  fileprivate init(_ moment: Timestamp) {
    self.init(microseconds: Int(moment.nanoseconds / 1_000_000_000) * 1_000_000)
  }
}
