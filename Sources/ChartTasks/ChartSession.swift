// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SQLDatabases
import SupersetConfiguration
import SupersetMetadata
import SupersetTasks
import SystemCalls
import TaskRuntime

/// Superset as a task sees it: its settings and its metadata, looked at once for a run.
package struct ChartSession {
  private let superset: SupersetSession
  /// UTC, one moment for the whole run: what `today` and `now` mean in time ranges.
  private let now: CivilTime

  package init(_ context: TaskContext) throws(ChartTaskError) {
    now = CivilTime(microseconds: Int(SystemClock.now().nanoseconds / 1_000_000_000) * 1_000_000)
    do { superset = try SupersetSession(context) } catch { throw ChartTaskError(error) }
  }

  package var metadata: MetadataStore { superset.metadata }

  private var settings: SupersetSettings { superset.settings }

  /// The user of a job's metadata, else its guest; none means somebody who is not logged in, never everybody.
  package func user(of job: JSONValue) throws(ChartTaskError) -> User {
    let id = job["user_id"]?.integerValue ?? 0
    do {
      if id != 0 { return try metadata.user(id: id) }
      guard let token = job["guest_token"], !token.isNull else {
        return try metadata.anonymousUser()
      }
      return try guest(of: token)
    } catch { throw ChartTaskError(error) }
  }

  private func guest(of token: JSONValue) throws(MetadataError) -> User {
    let pass = try GuestPass(token: token)
    guard pass.isValid(at: now) else { throw .expiredGuest(username: pass.username) }
    return try metadata.guest(with: pass, role: settings.guestRoleName)
  }

  package func user(named name: String) throws(ChartTaskError) -> User {
    do { return try metadata.user(named: name) } catch { throw ChartTaskError(error) }
  }

  /// The user of this name; without one that of a whole job, else the first.
  package func user(named name: String?, of job: JSONValue) throws(ChartTaskError) -> User {
    if let name { return try user(named: name) }
    return try user(of: job["job_metadata"] ?? ["user_id": 1])
  }

  package func request(
    _ formData: JSONValue, as user: User
  ) throws(ChartTaskError) -> ChartRequest {
    do {
      let context = try QueryContext(formData, isFork: rules.isFork, now: now)
      return try ChartRequest(
        context, as: user, rules: rules, from: metadata)
    } catch { throw ChartTaskError(error) }
  }

  /// The data of a saved chart, in the form and the format wished.
  package func request(
    chart id: Int, type: String, format: String, as user: User
  ) throws(ChartTaskError) -> ChartRequest {
    do {
      return try SavedChart(id: id, from: metadata).request(
        type: type, format: format, now: now, as: user, rules: rules, from: metadata)
    } catch { throw ChartTaskError(error) }
  }

  private var rules: ChartRules {
    ChartRules(
      RowLimits(
        standard: settings.rowLimit, samples: settings.samplesRowLimit,
        maximum: settings.sqlMaxRow),
      rendersTemplates: settings.rendersTemplates, hasDashboardRoles: settings.hasDashboardRoles,
      isFork: settings.isFork)
  }

  /// Seconds that the answer may be kept; -1 means that it is never read from the cache.
  package func timeout(of request: ChartRequest) -> Int {
    request.timeout(standard: settings.dataCacheTimeout ?? settings.cacheDefaultTimeout)
  }

  /// Writes what Superset's web server would answer.
  package func answer(
    _ request: ChartRequest, _ freshness: AnswerFreshness, to output: inout some AnswerOutput
  ) throws(ChartTaskError) -> ChartAnswer {
    let database = try database(of: request.dataset)
    do {
      return try request.answer(
        from: database, timeout: timeout(of: request), freshness, to: &output)
    } catch { throw ChartTaskError(error) }
  }

  /// The rows of the first query of a context, computed now.
  package func rows(of formData: JSONValue, as user: User) throws(ChartTaskError) -> [JSONValue] {
    let request = try request(formData, as: user)
    var collected = CollectedAnswer()
    _ = try answer(request, .computed, to: &collected)
    let document = try? JSONValue(parsing: collected.bytes)
    return document?["result"]?.arrayValue?.first?["data"]?.arrayValue ?? []
  }

  /// Writes the rows alone.
  package func writeRows(
    of request: ChartRequest, as layout: RowLayout, to output: inout some AnswerOutput
  ) throws(ChartTaskError) {
    let database = try database(of: request.dataset)
    do {
      try request.writeRows(as: layout, from: database, to: &output)
    } catch { throw ChartTaskError(error) }
  }

  /// The form of a legacy chart.
  package func explore(
    _ form: JSONValue, for response: ExploreResponse, as user: User
  ) throws(ChartTaskError) -> ExploreRequest {
    do {
      return try ExploreRequest(
        form, for: response, at: now, as: user, rules: rules, from: metadata)
    } catch { throw ChartTaskError(ofExplore: error) }
  }

  package func timeout(of request: ExploreRequest) -> Int {
    request.timeout(standard: settings.dataCacheTimeout ?? settings.cacheDefaultTimeout)
  }

  /// An answer may tell of a failure; what lies outside the form is thrown.
  package func answer(
    to request: ExploreRequest, _ freshness: AnswerFreshness
  ) throws(ChartTaskError) -> ExploreAnswer {
    let database = try database(of: request.dataset)
    do {
      return try request.answer(from: database, timeout: timeout(of: request), freshness)
    } catch { throw ChartTaskError(ofExplore: error) }
  }

  private func database(of dataset: Dataset) throws(ChartTaskError) -> any SQLDatabase {
    let source = DataSource(
      dataset.database, catalog: dataset.catalog, schema: dataset.schema)
    do { return try superset.databases.data(source) } catch {
      switch error {
      case .configuration(let error): throw .configuration(error)
      case .database(.interrupted): throw .timedOut
      case .database(let error): throw .data(error)
      }
    }
  }
}
