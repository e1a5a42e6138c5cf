// SPDX-License-Identifier: MIT
import ChartTasks
import DashboardQueries
import JSONValues
import SupersetMetadata
import SupersetTasks
import SystemCalls

/// Dashboards and charts as people's browsers ask for them.
package struct OpenedDashboards {
  /// Why a dashboard cannot be opened, while others may.
  package struct Objection: Error, Hashable {
    package let reason: String
  }

  private let superset: SupersetSession
  private let charts: ChartSession
  private let frontend: Frontend
  private let today: CivilDay
  private var filters: [Viewer: Result<DashboardFilters, Objection>] = [:]

  /// A type whose charts cannot be clicked at.
  private static let noType = ""

  /// Who opens which dashboard: a filter's first value may be another one for everybody.
  private struct Viewer: Hashable {
    let dashboard: Int
    let user: Int?
  }

  package init(_ superset: SupersetSession, _ charts: ChartSession) {
    self.superset = superset
    self.charts = charts
    // What the fork's pages show where a reader has chosen nothing.
    frontend = superset.settings.isFork ? .fork(language: "ru") : .superset
    today = CivilDay(SystemClock.now())
  }

  /// Nil where there is no chart of this number: somebody may have deleted it a moment ago.
  package func chart(_ id: Int) throws(SupersetTaskError) -> Chart? {
    do { return try superset.metadata.chart(id: id) } catch {
      if case .noChart = error { return nil }
      throw .metadata(error)
    }
  }

  /// What a browser asks for that shows a chart, alone or under the filters of a dashboard.
  package func request(
    of chart: Chart, on filters: DashboardFilters?
  ) throws(DashboardQueryError) -> BrowserRequest {
    try BrowserRequest(of: chart, on: filters, for: frontend, today: today)
  }

  /// The filters that a dashboard has when it is opened.
  package mutating func filters(
    ofDashboard id: Int, as user: User
  ) throws(SupersetTaskError) -> Result<DashboardFilters, Objection> {
    let viewer = Viewer(dashboard: id, user: user.id)
    if let known = filters[viewer] { return known }
    let found = try opened(id, as: user)
    filters[viewer] = found
    return found
  }

  private func opened(
    _ id: Int, as user: User
  ) throws(SupersetTaskError) -> Result<DashboardFilters, Objection> {
    let found: Dashboard?
    do { found = try superset.metadata.dashboard(id: id) } catch { throw .metadata(error) }
    guard let dashboard = found else {
      return .failure(Objection(reason: "its dashboard \(id) is gone"))
    }
    var types: [Int: String] = [:]
    // One that is gone is on no page, though the dashboard names it still.
    for id in dashboard.charts { types[id] = try chart(id)?.vizType ?? Self.noType }
    do throws(DashboardQueryError) {
      let filters = try DashboardFilters(of: dashboard, types: types)
      let questions = try filters.questions(for: frontend)
      return firstValues(questions, as: user).map { filters.taking(firstValues: $0) }
    } catch {
      return .failure(Objection(reason: "\(error)"))
    }
  }

  /// What the page would find out before it asks for its charts.
  private func firstValues(
    _ questions: [FirstValueQuestion], as user: User
  ) -> Result<[String: JSONValue], Objection> {
    var values: [String: JSONValue] = [:]
    for question in questions {
      do {
        let rows = try charts.rows(of: question.body, as: user)
        if let value = rows.first?[question.column] { values[question.filterID] = value }
      } catch {
        return .failure(
          Objection(reason: "the first value of the column '\(question.column)': \(error)"))
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
