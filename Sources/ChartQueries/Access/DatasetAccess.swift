// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// Whether a user may see the data of a dataset, as Superset's web server decides it; its own worker does not ask.
struct DatasetAccess {
  private let dataset: Dataset
  private let user: User
  private let rules: ChartRules
  private let metadata: MetadataStore

  init(
    _ dataset: Dataset, as user: User, _ rules: ChartRules, _ metadata: MetadataStore
  ) {
    self.dataset = dataset
    self.user = user
    self.rules = rules
    self.metadata = metadata
  }

  /// - Throws: an error where the user may not see them, and where a guest asks for what nobody has shown him.
  func check(
    _ context: QueryContext, _ queries: [QueryObject]
  ) throws(ChartQueryError) {
    do {
      if user.guest != nil, let id = context.chartID, let shown = try shownChart(id) {
        guard shown.covers(context.formData, queries) else { throw ChartQueryError.changedByGuest }
      }
      if try metadata.canRead(dataset, as: user) { return }
      if try isOpenedByDashboard(context.formData) { return }
    } catch let error as ChartQueryError { throw error } catch let error as MetadataError {
      throw .metadata(error)
    } catch { throw .output(reason: "\(error)") }
    throw .noAccess(dataset: dataset.id)
  }

  /// Nil for one that was deleted; then its dashboard opens nothing.
  private func shownChart(_ id: Int) throws(MetadataError) -> ShownChart? {
    do { return ShownChart(try metadata.chart(id: id)) } catch .noChart { return nil }
  }

  /// By the dashboard on which the chart or the native filter stands whose data are asked for.
  private func isOpenedByDashboard(_ form: JSONValue) throws(MetadataError) -> Bool {
    guard let id = form["dashboardId"]?.number, let dashboard = try metadata.dashboard(id: id)
    else { return false }
    let mayOpen = user.guest != nil || (rules.hasDashboardRoles && !dashboard.roles.isEmpty)
    guard mayOpen, canOpen(dashboard) else { return false }
    return form["type"] == "NATIVE_FILTER"
      ? hasFilter(form["native_filter_id"], dashboard) : try hasChart(form["slice_id"], dashboard)
  }

  private func canOpen(_ dashboard: Dashboard) -> Bool {
    if let guest = user.guest {
      return guest.dashboards.contains(String(dashboard.id))
        || !guest.dashboards.isDisjoint(with: dashboard.embeddings)
    }
    if user.isAdmin || user.id.map(dashboard.owners.contains) == true { return true }
    return dashboard.isPublished && !dashboard.roles.isDisjoint(with: user.roles.map(\.id))
  }

  private func hasChart(
    _ number: JSONValue?, _ dashboard: Dashboard
  ) throws(MetadataError) -> Bool {
    guard let id = number?.number, dashboard.charts.contains(id) else { return false }
    return try metadata.chart(id: id).datasource == "\(dataset.id)__table"
  }

  private func hasFilter(_ id: JSONValue?, _ dashboard: Dashboard) -> Bool {
    guard let id, id.saysAnything,
      let document = try? JSONValue(parsing: dashboard.metadata ?? "")
    else { return false }
    let filters = document["native_filter_configuration"]?.arrayValue ?? []
    return filters.contains { filter in
      filter["id"] == id
        && (filter["targets"]?.arrayValue ?? []).contains {
          $0["datasetId"] == .integer(dataset.id)
        }
    }
  }
}

extension JSONValue {
  /// Also of a text of digits, as databases compare it.
  var number: Int? { integerValue ?? stringValue.flatMap { Int($0) } }
}
