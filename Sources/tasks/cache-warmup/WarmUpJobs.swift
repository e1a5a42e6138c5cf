// SPDX-License-Identifier: MIT
import CacheWarmUp
import JSONValues
import SupersetMetadata
import SupersetTasks
import TaskContract
import TaskRuntime
import TaskSubmission

/// Leaves the jobs that warm charts up, one for each chart.
struct WarmUpJobs {
  private let session: SupersetSession
  private let submitter: JobSubmitter

  init(_ session: SupersetSession, _ submitter: JobSubmitter) {
    self.session = session
    self.submitter = submitter
  }

  /// - Returns: the payloads as Superset tells them: those that have a job, and those that cannot have one, with the reasons.
  func leave(_ charts: [PlacedChart]) throws(WarmUpError) -> TaskOutput {
    var scheduled: [JSONValue] = []
    var errors: [JSONValue] = []
    var reasons: [JSONValue] = []
    for chart in charts {
      let executor: Executor
      do {
        executor = try session.executor(
          session.settings.warmUp.executors, for: .chart, id: chart.chart)
      } catch {
        guard case .executor(.notFound) = error else { throw .superset(error) }
        errors.append(.string(chart.payload))
        reasons.append(.string("chart \(chart.chart): \(error)"))
        continue
      }
      try leave(chart, as: executor.user)
      scheduled.append(.string(chart.payload))
    }
    var result: JSONObject = ["scheduled": .array(scheduled), "errors": .array(errors)]
    if !reasons.isEmpty { result["reasons"] = .array(reasons) }
    return TaskOutput(result)
  }

  private func leave(_ chart: PlacedChart, as user: User) throws(WarmUpError) {
    let dashboard = chart.dashboard.map { "-dashboard-\($0)" } ?? ""
    do {
      try submitter.submit(
        ["data": .string(chart.payload), "username": .string(user.username)], to: "fetch_url",
        member: "chart-\(chart.chart)\(dashboard)", uniqueKey: "warm_up_cache \(chart.payload)")
    } catch { throw .submission(error) }
  }
}
