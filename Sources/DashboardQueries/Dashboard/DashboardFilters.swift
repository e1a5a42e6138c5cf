// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// What a dashboard adds to the forms of its charts when somebody opens it who has not touched a
/// filter.
package struct DashboardFilters {
  /// Types whose charts can filter others when they are clicked at.
  private static let interactive: Set = [
    "table", "pivot_table_v2", "pie", "funnel", "gauge_chart", "graph_chart", "radar", "treemap_v2",
    "sunburst_v2", "box_plot", "mixed_timeseries", "echarts_area", "echarts_timeseries",
    "echarts_timeseries_bar", "echarts_timeseries_line", "echarts_timeseries_scatter",
    "echarts_timeseries_smooth", "echarts_timeseries_step", "world_map",
  ]

  let dashboardID: Int
  var filters: [NativeFilter]
  /// What charts add to others since they were clicked at, by their numbers.
  private var clicks: [Int: JSONObject] = [:]
  private let layout: DashboardLayout
  private let colours: JSONObject
  /// Charts that may filter others, with what is noted of which ones.
  private let filtering: [Int: ClickScope]
  /// What is common to charts that have no scope of their own; nil for everything.
  private let common: FilterScope?

  /// - Parameter types: those of its charts, by their numbers; a chart of which nothing is told may
  ///   filter others.
  package init(
    of dashboard: Dashboard, types: [Int: String] = [:]
  ) throws(DashboardQueryError) {
    func members(_ text: String?, _ name: String) throws(DashboardQueryError) -> JSONObject {
      guard let text else { return [:] }
      do { return try JSONValue(parsing: text).asBrowserReads.objectValue ?? [:] } catch {
        throw .malformedDashboard(id: dashboard.id, reason: "\(name) is \(error)")
      }
    }
    let metadata = try members(dashboard.metadata, "json_metadata")
    dashboardID = dashboard.id
    layout = DashboardLayout(try members(dashboard.position, "position_json"))
    filters = Self.unique(
      metadata["native_filter_configuration"].list.compactMap { NativeFilter($0) })
    colours = metadata.filter {
      ["color_scheme", "shared_label_colors", "map_label_colors"].contains($0.key)
    }
    let noted = metadata["chart_configuration"]
    filtering = dashboard.charts.reduce(into: [:]) { filtering, chart in
      guard types[chart].map({ Self.interactive.contains($0) }) ?? true else { return }
      filtering[chart] = ClickScope(noted?[String(chart)]?["crossFilters"]?["scope"])
    }
    let scope = metadata["global_chart_configuration"]?["scope"] ?? .null
    common = scope.isNull ? nil : FilterScope(scope)
  }

  /// Of filters with the same id the last one stands in the place of the first.
  private static func unique(_ filters: [NativeFilter]) -> [NativeFilter] {
    var places: [String: Int] = [:]
    return filters.reduce(into: []) { unique, filter in
      if let place = places[filter.id] {
        unique[place] = filter
      } else {
        places[filter.id] = unique.count
        unique.append(filter)
      }
    }
  }

  private func filters(about chart: Int) -> [NativeFilter] {
    filters.filter { $0.isAbout(chart: chart, in: layout) }
  }

  /// - Throws: an error where the page waits for a value that is not known.
  func requireValues(forChart id: Int) throws(DashboardQueryError) {
    let awaited = filters.filter(\.isAwaited)
    let stuck = awaited.filter { !$0.takesFirstValue }
    guard stuck.isEmpty else { throw .noValue(filters: stuck.map(\.name)) }
    let unknown = awaited.filter { $0.isAbout(chart: id, in: layout) }
    guard unknown.isEmpty else { throw .firstValue(filters: unknown.map(\.name)) }
  }

  /// What filters add to the form of a chart; nil where none reaches it, and its form keeps what
  /// was saved with it.
  func extraFormData(
    ofChart id: Int, for frontend: Frontend
  ) throws(FormFault) -> JSONObject? {
    let native = filters(about: id)
    // That something could be clicked at is enough.
    let reaching = filtering.keys.filter { reaches(chart: id, from: $0) }.sorted()
    guard !native.isEmpty || !reaching.isEmpty else { return nil }
    return try ExtraFormData.merged(
      native.map(\.extraFormData) + reaching.compactMap { clicks[$0] }, for: frontend)
  }

  private func reaches(chart id: Int, from chart: Int) -> Bool {
    switch filtering[chart] {
    case nil: false
    case .common: chart != id && (common?.reaches(chart: id, in: layout) ?? true)
    case .own(let scope): scope?.reaches(chart: id, in: layout) ?? true
    }
  }

  /// The filters, and the charts that were clicked at, as a reader has left them.
  ///
  /// - Parameter masks: the `dataMask` of a permalink or a report, by the ids of filters and charts.
  package func taking(masks: JSONObject) -> DashboardFilters {
    var left = self
    left.filters = filters.map { filter in
      masks[filter.id].map { filter.taking(mask: $0) } ?? filter
    }
    for (name, mask) in masks.elements {
      guard let chart = Int(name), let added = mask["extraFormData"]?.objectValue else { continue }
      left.clicks[chart] = added
    }
    return left
  }

  /// The form of a chart as the page of the dashboard sends it.
  func form(_ form: JSONObject, ofChart id: Int, for frontend: Frontend) throws(FormFault)
    -> JSONObject
  {
    var form = form
    form["chart_id"] = .integer(id)
    form["label_colors"] = nil
    form["shared_label_colors"] = .array(colours["shared_label_colors"]?.arrayValue ?? [])
    let map = colours["map_label_colors"]
    form["map_label_colors"] = map.isTrue ? map : [:]
    let own = form["color_scheme"]
    if let scheme = colours["color_scheme"], Optional(scheme).isTrue {
      form["color_scheme"] = scheme
    }
    if own.isTrue { form["own_color_scheme"] = own }
    form["extra_filters"] = []
    if let added = try extraFormData(ofChart: id, for: frontend) {
      form["extra_form_data"] = .object(added)
    }
    form["dashboardId"] = .integer(dashboardID)
    return form
  }
}
