// SPDX-License-Identifier: MIT
import JSONValues

/// Types of charts that differ from the basis in a member or two.
extension ChartQueryMaker {
  func sortedByMetric() throws(FormFault) -> JSONObject {
    var query = try base()
    if form["sort_by_metric"].isTrue { query["orderby"] = [[form["metric"] ?? .null, false]] }
    return query
  }

  func sankey() throws(FormFault) -> JSONObject {
    var query = try sortedByMetric()
    query["groupby"] = [form["source"] ?? .null, form["target"] ?? .null]
    return query
  }

  func radar() throws(FormFault) -> JSONObject {
    var query = try base()
    let metrics = form["series_limit_metric"].list.prefix(1).filter { Optional($0).isTrue }
    if let metric = metrics.first ?? query["metrics"].list.first {
      query["orderby"] = [[metric, false]]
    } else if query["orderby"] == nil {
      query["orderby"] = []
    }
    return query
  }

  func heatmap() throws(FormFault) -> JSONObject {
    let columns = form.axis.list + form["groupby"].list
    func clause(_ name: String, _ place: Int) throws(FormFault) -> JSONValue {
      guard let wanted = form[name]?.stringValue else { throw .unusable("\(name) is no text") }
      let column = columns.indices.contains(place) ? columns[place] : .null
      let what = wanted.contains("value") ? QueryName.ofMetric(form["metric"]) ?? .null : column
      return [what, .bool(wanted.contains("asc"))]
    }
    var query = try base()
    query["columns"] = .array(columns)
    query["orderby"] = [try clause("sort_x_axis", 0), try clause("sort_y_axis", 1)]
    query["post_processing"] = [PostProcessing.rank(form)]
    return query
  }

  func histogram() throws(FormFault) -> JSONObject {
    var query = try base()
    query["columns"] = .array(form["groupby"].list + [form["column"] ?? .null])
    query["post_processing"] = [PostProcessing.histogram(form)]
    query["metrics"] = nil
    return query
  }

  func boxPlot() throws(FormFault) -> JSONObject {
    var query = try base()
    var distributed = form["columns"].list
    // Forms of old have no columns, but a time.
    if distributed.isEmpty, form["granularity_sqla"].isTrue {
      distributed = form["granularity_sqla"].list
    }
    let grain = form["time_grain_sqla"]
    let columns = distributed.map {
      isTime($0) && grain.isTrue ? BaseAxis.marked($0, grain: grain) : $0
    }
    query["columns"] = .array(columns + form["groupby"].list)
    query["series_columns"] = form["groupby"]
    query["post_processing"] = PostProcessing.steps(try PostProcessing.boxPlot(form, query))
    return query
  }

  func bubble() throws(FormFault) -> JSONObject {
    var query = try base()
    query["columns"] = .array(form["entity"].list + form["series"].list)
    let first = query["orderby"].list.first
    query["orderby"] = first.map { [[$0, .bool(!query["order_desc"].isTrue)]] }
    return query
  }

  func dodoBubble() throws(FormFault) -> JSONObject {
    var query = try base()
    let entity = form["entity"]?.stringValue.map { String($0.trimmed) } ?? ""
    if !entity.isEmpty { query["columns"] = .array(query["columns"].list + [.string(entity)]) }
    return query
  }

  func handlebars() throws(FormFault) -> JSONObject {
    var query = try base()
    query["orderby"] = Self.ordered(query)["orderby"]
    return query
  }

  func pivotTable() throws(FormFault) -> JSONObject {
    let grain = grainOnDashboard
    var seen: Set<JSONValue> = []
    // Names count once; expressions are never the same to a script.
    let columns = (form["groupbyColumns"].list + form["groupbyRows"].list)
      .filter { $0.stringValue == nil || seen.insert($0).inserted }
      .map { column in
        let isTime = isTime(column) || form["granularity_sqla"] == column
        return column.stringValue != nil && grain.isTrue && isTime
          ? BaseAxis.marked(column, grain: grain) : column
      }
    var query = try base()
    let metrics = query["metrics"].list
    let limiting = query["series_limit_metric"]
    let sorting = limiting.isTrue ? limiting : metrics.first
    query["orderby"] =
      sorting.isTrue ? [[sorting ?? .null, .bool(!query["order_desc"].isTrue)]] : nil
    query["columns"] = .array(columns)
    return query
  }

  /// The grain of the dashboard's filter goes before the chart's.
  var grainOnDashboard: JSONValue? {
    let added = form["extra_form_data"]?["time_grain_sqla"]
    return added.isTrue ? added : form["time_grain_sqla"]
  }

  /// Whether the form notes that this column of the table holds times.
  func isTime(_ column: JSONValue) -> Bool {
    guard let name = column.stringValue else { return false }
    return (form["temporal_columns_lookup"]?[name]).isTrue
  }
}
