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
  private let cancellation: Cancellation

  init(_ session: SupersetSession, _ submitter: JobSubmitter, _ cancellation: Cancellation) {
    self.session = session
    self.submitter = submitter
    self.cancellation = cancellation
  }

  /// - Returns: the payloads as Superset tells them: those that have a job, and those that cannot have one, with the reasons.
  func leave(_ charts: [PlacedChart], _ way: some WarmUpWay) throws(WarmUpError) -> TaskOutput {
    var way = way
    var scheduled: [JSONValue] = []
    var errors: [JSONValue] = []
    var reasons: [JSONValue] = []
    for (index, chart) in charts.enumerated() {
      guard !cancellation.isRequested else {
        throw .brokenOff(done: index, of: charts.count)
      }
      switch try job(for: chart, by: &way) {
      case .success(let job):
        try submit(job, for: chart)
        scheduled.append(.string(chart.payload))
      case .failure(let objection):
        errors.append(.string(chart.payload))
        reasons.append(.string("chart \(chart.chart): \(objection.reason)"))
      }
    }
    var result: JSONObject = ["scheduled": .array(scheduled), "errors": .array(errors)]
    if !reasons.isEmpty { result["reasons"] = .array(reasons) }
    return TaskOutput(result)
  }

  private func job(
    for chart: PlacedChart, by way: inout some WarmUpWay
  ) throws(WarmUpError) -> Result<WarmUpJob, WarmUpObjection> {
    let rules = session.settings.warmUp.executors
    let executor: Executor
    do { executor = try session.executor(rules, for: .chart, id: chart.chart) } catch {
      switch error {
      // Others stand behind the other charts.
      case .executor(.notFound), .metadata(.noObject):
        return .failure(WarmUpObjection(reason: "\(error)"))
      default: throw .superset(error)
      }
    }
    return try way.job(for: chart, as: executor.user)
  }

  private func submit(_ job: WarmUpJob, for chart: PlacedChart) throws(WarmUpError) {
    let place = chart.dashboard.map { "-dashboard-\($0)" } ?? ""
    do {
      try submitter.submit(
        job.arguments, to: job.task, member: "chart-\(chart.chart)\(place)",
        uniqueKey: "warm up \(job.key)")
    } catch { throw .submission(error) }
  }
}
