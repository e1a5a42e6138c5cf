// SPDX-License-Identifier: MIT
import JSONValues

/// What a page is made of, as one JSON value: a chart's answer, with or without its form, or a whole dashboard.
package enum PageInput: Sendable {
  case chart(ChartSource)
  case dashboard(DashboardSource)

  /// - Parameters:
  ///   - viz: goes before the form's `viz_type`.
  ///   - form: a form, a query context or a job that holds one; goes before the input's own.
  package init(
    _ input: JSONValue, viz: String? = nil, title: String? = nil, form: JSONValue? = nil
  ) {
    if let layout = Self.parsed(input["position_json"]) {
      var source = Self.dashboard(input, layout)
      source.title = title ?? source.title
      self = .dashboard(source)
    } else {
      var source = Self.chart(input, form)
      source.title = title ?? source.title
      if let viz {
        var members = source.form.objectValue ?? [:]
        members["viz_type"] = .string(viz)
        source.form = .object(members)
      }
      self = .chart(source)
    }
  }

  /// A member that is JSON, or text that holds some, as Superset's tables have it.
  private static func parsed(_ value: JSONValue?) -> JSONValue? {
    guard let text = value?.stringValue else { return value?.isNull == false ? value : nil }
    return try? JSONValue(parsing: text)
  }

  private static func chart(_ input: JSONValue, _ form: JSONValue? = nil) -> ChartSource {
    let document = input["response"] ?? input
    let form = form ?? input["form_data"] ?? parsed(input["params"]) ?? document["form_data"]
    let title = input["title"] ?? input["slice_name"]
    return ChartSource(
      title: title?.stringValue ?? "", form: ChartForm.form(of: form), document: document,
      names: DatasourceNames(input["datasource"]))
  }

  private static func dashboard(_ input: JSONValue, _ layout: JSONValue) -> DashboardSource {
    var charts: [Int: ChartSource] = [:]
    for (id, chart) in (input["charts"]?.objectValue ?? [:]).elements {
      if let id = Int(id) { charts[id] = Self.chart(chart) }
    }
    let tabs = (input["active_tabs"] ?? input["activeTabs"]).list.compactMap(\.stringValue)
    return DashboardSource(
      title: (input["title"] ?? input["dashboard_title"])?.stringValue ?? "", layout: layout,
      charts: charts, metadata: parsed(input["json_metadata"]) ?? .null, activeTabs: Set(tabs))
  }
}
