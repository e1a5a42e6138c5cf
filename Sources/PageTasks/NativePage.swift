// SPDX-License-Identifier: MIT
import ChartPages
import ChartQueries
import ChartTasks
import DashboardQueries
import DashboardTasks
import JSONValues
import SupersetMetadata
import SupersetTasks
import TaskRuntime

/// Pages of ours with the data that a browser would ask for.
package struct NativePage {
  private let viewer: User
  private let charts: ChartSession
  private let style: PageStyle
  private let log: @Sendable (String) -> Void
  private var dashboards: OpenedDashboards

  /// - Parameter style: as large as the window is.
  package init(
    as viewer: User, _ style: PageStyle, _ superset: SupersetSession, _ context: TaskContext
  ) throws(PageError) {
    self.viewer = viewer
    self.style = style
    do { charts = try ChartSession(context) } catch { throw .charts(error) }
    dashboards = OpenedDashboards(superset, charts)
    log = context.log
  }

  /// - Parameter state: of a dashboard: `{"activeTabs": ["TAB-1"], "dataMask": {...}}`, as permalinks and reports keep it.
  package func html(
    of subject: PageSubject, in state: JSONValue = .null
  ) throws(PageError) -> [UInt8] {
    switch subject {
    case .chart(let chart):
      var source = try source(of: chart, on: nil)
      // As on Superset's page: whoever shows the picture has the name.
      source.title = ""
      let page = ChartPage(source, style)
      if let fault = page.fault { log("chart \(chart.id): \(fault)") }
      return page.bytes
    case .dashboard(let look):
      var copy = self
      return try copy.dashboard(look, in: state)
    }
  }

  private mutating func dashboard(
    _ look: DashboardLook, in state: JSONValue
  ) throws(PageError) -> [UInt8] {
    var sources: [Int: ChartSource] = [:]
    var failures: [PageError] = []
    let masks = state["dataMask"]?.objectValue ?? [:]
    let filters = try filters(of: look)?.taking(masks: masks)
    for id in try chartIDs(of: look) {
      do throws(PageError) {
        guard let chart = try chart(id) else { continue }
        sources[id] = try source(of: chart, on: filters)
      } catch {
        log("chart \(id): \(error)")
        failures.append(error)
        sources[id] = ChartSource(
          title: "", form: [:], document: ["errors": .array(error.errors)])
      }
    }
    guard !sources.isEmpty else { throw .emptyDashboard(id: look.id) }
    // Nothing to be seen but errors is no picture of a dashboard.
    if failures.count == sources.count, let first = failures.first { throw first }
    return DashboardPage(
      DashboardSource(
        title: "", layout: Self.parsed(look.position), charts: sources,
        metadata: Self.parsed(look.metadata),
        activeTabs: Set((state["activeTabs"]?.arrayValue ?? []).compactMap(\.stringValue))), style
    ).bytes
  }

  private mutating func filters(of look: DashboardLook) throws(PageError) -> DashboardFilters? {
    do throws(SupersetTaskError) {
      switch try dashboards.filters(ofDashboard: look.id, as: viewer) {
      case .success(let filters): return filters
      case .failure(let objection):
        log("dashboard \(look.id) without its filters: \(objection.reason)")
        return nil
      }
    } catch { throw .superset(error) }
  }

  private func chartIDs(of look: DashboardLook) throws(PageError) -> [Int] {
    do { return try charts.metadata.charts(ofDashboard: look.id) } catch {
      throw .superset(.metadata(error))
    }
  }

  private func chart(_ id: Int) throws(PageError) -> Chart? {
    do { return try dashboards.chart(id) } catch { throw .superset(error) }
  }

  private static func parsed(_ text: String?) -> JSONValue {
    text.flatMap { try? JSONValue(parsing: $0) } ?? .null
  }
}

// MARK: one chart

extension NativePage {
  private func source(
    of chart: Chart, on filters: DashboardFilters?
  ) throws(PageError) -> ChartSource {
    let request: BrowserRequest
    do { request = try dashboards.request(of: chart, on: filters) } catch {
      throw .unaskable(chart: chart.id, reason: "\(error)")
    }
    var form = Self.parsed(chart.form).objectValue ?? [:]
    form["viz_type"] = .string(chart.vizType)
    do throws(ChartTaskError) {
      return ChartSource(
        title: chart.name, form: .object(form), document: try document(of: request),
        names: try names(of: chart))
    } catch { throw .charts(error) }
  }

  private func names(of chart: Chart) throws(ChartTaskError) -> DatasourceNames {
    let look: DatasetLook
    do { look = try charts.metadata.look(ofDataset: chart.datasetID) } catch {
      throw .metadata(error)
    }
    return DatasourceNames([
      "verbose_map": Self.object(look.titles, JSONValue.string),
      "column_formats": Self.object(look.formats, JSONValue.string),
      "currency_formats": Self.object(look.currencies) { Self.parsed($0) },
    ])
  }

  private static func object(
    _ texts: [String: String], _ value: (String) -> JSONValue
  ) -> JSONValue {
    var object: JSONObject = [:]
    for (name, text) in texts { object[name] = value(text) }
    return .object(object)
  }

  private func document(of request: BrowserRequest) throws(ChartTaskError) -> JSONValue {
    let bytes: [UInt8]
    switch request {
    case .chartData(let body):
      var collected = CollectedAnswer()
      let found = try charts.request(body, as: viewer)
      _ = try charts.answer(found, .computed, to: &collected)
      bytes = collected.bytes
    case .exploreJSON(let form):
      let found = try charts.explore(form, for: .json, as: viewer)
      let answer = try charts.answer(to: found, .computed)
      if let failure = answer.failure { throw ChartTaskError(ofExplore: failure) }
      bytes = answer.document
    }
    do { return try JSONValue(parsing: bytes) } catch {
      throw .malformed(reason: "its answer is none: \(error)")
    }
  }
}
