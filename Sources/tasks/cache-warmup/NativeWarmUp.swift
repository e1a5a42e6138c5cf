// SPDX-License-Identifier: MIT
import CacheWarmUp
import ChartTasks
import DashboardQueries
import DashboardTasks
import JSONValues
import SupersetMetadata
import SupersetTasks
import TaskRuntime

/// By our own tasks: each chart is asked for as a browser asks that opens its dashboard, so that the answer lies under the
/// key under which the browser looks.
struct NativeWarmUp: WarmUpWay {
  private var dashboards: OpenedDashboards

  init(_ superset: SupersetSession, _ context: TaskContext) throws(WarmUpError) {
    do { dashboards = OpenedDashboards(superset, try ChartSession(context)) } catch {
      throw .charts(error)
    }
  }

  mutating func job(
    for chart: PlacedChart, as user: User
  ) throws(WarmUpError) -> Result<WarmUpJob, WarmUpObjection> {
    var filters: DashboardFilters?
    let saved: Chart?
    do throws(SupersetTaskError) {
      if let dashboard = chart.dashboard {
        switch try dashboards.filters(ofDashboard: dashboard, as: user) {
        case .success(let found): filters = found
        case .failure(let objection): return .failure(WarmUpObjection(reason: objection.reason))
        }
      }
      saved = try dashboards.chart(chart.chart)
    } catch { throw .superset(error) }
    guard let saved else { return .failure(WarmUpObjection(reason: "it is gone")) }
    do {
      return .success(job(try dashboards.request(of: saved, on: filters), for: chart, as: user))
    } catch {
      return .failure(WarmUpObjection(reason: "\(error)"))
    }
  }

  private func job(_ request: BrowserRequest, for chart: PlacedChart, as user: User) -> WarmUpJob {
    let place = chart.dashboard.map { " on dashboard \($0)" } ?? ""
    let key = "chart \(chart.chart)\(place) as \(user.username)"
    let metadata: JSONValue = ["user_id": user.id.map(JSONValue.integer) ?? .null]
    switch request {
    case .chartData(let body):
      var body = body.objectValue ?? [:]
      body["force"] = true
      return WarmUpJob(
        task: "load_chart_data_into_cache",
        arguments: ["job_metadata": metadata, "form_data": .object(body)], key: key)
    case .exploreJSON(let form):
      return WarmUpJob(
        task: "load_explore_json_into_cache",
        arguments: ["job_metadata": metadata, "form_data": form, "force": true], key: key)
    }
  }
}
