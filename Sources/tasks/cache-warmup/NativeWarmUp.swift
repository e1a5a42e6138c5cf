// SPDX-License-Identifier: MIT
import CacheWarmUp
import ChartTasks
import DashboardQueries
import JSONValues
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskRuntime

/// By our own tasks: each chart is asked for as a browser asks that opens its dashboard, so that the answer lies under the
/// key under which the browser looks.
struct NativeWarmUp: WarmUpWay {
  private let superset: SupersetSession
  private let charts: ChartSession
  private let frontend: Frontend
  private let today: CivilDay
  private var dashboards: [Viewer: Result<DashboardFilters, WarmUpObjection>] = [:]

  /// A type whose charts cannot be clicked at.
  private static let noType = ""

  /// Who opens which dashboard: a filter's first value may be another one for everybody.
  private struct Viewer: Hashable {
    let dashboard: Int
    let user: Int?
  }

  init(_ superset: SupersetSession, _ context: TaskContext) throws(WarmUpError) {
    self.superset = superset
    do { charts = try ChartSession(context) } catch { throw .charts(error) }
    // What the fork's pages show where a reader has chosen nothing.
    frontend = superset.settings.isFork ? .fork(language: "ru") : .superset
    today = CivilDay(SystemClock.now())
  }

  mutating func job(
    for chart: PlacedChart, as user: User
  ) throws(WarmUpError) -> Result<WarmUpJob, WarmUpObjection> {
    var filters: DashboardFilters?
    if let dashboard = chart.dashboard {
      switch try self.filters(ofDashboard: dashboard, as: user) {
      case .success(let found): filters = found
      case .failure(let objection): return .failure(objection)
      }
    }
    guard let saved = try saved(chart.chart) else {
      return .failure(WarmUpObjection(reason: "it is gone"))
    }
    do {
      let request = try BrowserRequest(of: saved, on: filters, for: frontend, today: today)
      return .success(job(request, for: chart, as: user))
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

  /// Nil where somebody has deleted the chart since it was chosen.
  private func saved(_ id: Int) throws(WarmUpError) -> Chart? {
    do { return try superset.metadata.chart(id: id) } catch {
      if case .noChart = error { return nil }
      throw .superset(.metadata(error))
    }
  }
}

// MARK: dashboards

extension NativeWarmUp {
  private mutating func filters(
    ofDashboard id: Int, as user: User
  ) throws(WarmUpError) -> Result<DashboardFilters, WarmUpObjection> {
    let viewer = Viewer(dashboard: id, user: user.id)
    if let known = dashboards[viewer] { return known }
    let found = try opened(id, as: user)
    dashboards[viewer] = found
    return found
  }

  private func opened(
    _ id: Int, as user: User
  ) throws(WarmUpError) -> Result<DashboardFilters, WarmUpObjection> {
    let found: Dashboard?
    do { found = try superset.metadata.dashboard(id: id) } catch {
      throw .superset(.metadata(error))
    }
    guard let dashboard = found else {
      return .failure(WarmUpObjection(reason: "its dashboard \(id) is gone"))
    }
    var types: [Int: String] = [:]
    // One that is gone is on no page, though the dashboard names it still.
    for chart in dashboard.charts { types[chart] = try saved(chart)?.vizType ?? Self.noType }
    do throws(DashboardQueryError) {
      let filters = try DashboardFilters(of: dashboard, types: types)
      let questions = try filters.questions(for: frontend)
      return firstValues(questions, as: user).map { filters.taking(firstValues: $0) }
    } catch {
      return .failure(WarmUpObjection(reason: "\(error)"))
    }
  }

  /// What the page would find out before it asks for its charts.
  private func firstValues(
    _ questions: [FirstValueQuestion], as user: User
  ) -> Result<[String: JSONValue], WarmUpObjection> {
    var values: [String: JSONValue] = [:]
    for question in questions {
      do {
        let rows = try charts.rows(of: question.body, as: user)
        if let value = rows.first?[question.column] { values[question.filterID] = value }
      } catch {
        return .failure(
          WarmUpObjection(reason: "the first value of the column '\(question.column)': \(error)"))
      }
    }
    return .success(values)
  }
}

extension CivilDay {
  /// UTC
  fileprivate init(_ moment: Timestamp) {
    let parts = moment.iso8601.prefix(10).split(separator: "-").compactMap { Int($0) }
    self.init(year: parts[0], month: parts[1], day: parts[2])
  }
}
