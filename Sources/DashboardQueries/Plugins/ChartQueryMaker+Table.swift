// SPDX-License-Identifier: MIT
import JSONValues

/// Tables, which ask besides for the number of their rows and for totals.
extension ChartQueryMaker {
  private var isRaw: Bool {
    if form["query_mode"] == "aggregate" { return false }
    return form["query_mode"] == "raw" || !form["all_columns"].list.isEmpty
  }

  func table() throws(FormFault) -> [JSONObject] {
    var query = try base()
    let offsets = try timeOffsets(of: query)
    var marked: JSONValue?
    var steps: [JSONValue] = []
    if query["orderby"] == nil { query["orderby"] = [] }
    if !isRaw {
      steps = aggregate(&query, offsets)
      marked = markTime(in: &query)
    }
    if marked == nil, var extras = query["extras"]?.objectValue {
      extras["time_grain_sqla"] = nil
      query["extras"] = .object(extras)
    }
    query["post_processing"] = .array(steps)
    query["time_offsets"] = .array(offsets)
    let isPaged = form["server_pagination"].isTrue
    if isPaged {
      query["row_limit"] = form["server_page_length"]
      query["row_offset"] = 0
    }
    let totals = totals(of: query)
    var main = query
    let interactive = form["extra_form_data"]?["interactive_groupby"]
    if interactive.isTrue {
      main["columns"] = .array(Self.union(query["columns"].list, interactive.list))
    }
    guard isPaged else { return [main] + totals }
    return [main, Self.count(of: main)] + totals
  }

  /// Orders by metrics, and asks for shares of the whole; gives back what has to be done
  /// afterwards.
  private func aggregate(_ query: inout JSONObject, _ offsets: [JSONValue]) -> [JSONValue] {
    var metrics = query["metrics"].list
    let comparison = TimeComparison(of: form, query)
    // The fork's tables have another control for it.
    let sorting = form[frontend.isFork ? "series_limit_metric" : "timeseries_limit_metric"]
    if let metric = sorting.list.first, Optional(metric).isTrue {
      query["orderby"] = [[metric, .bool(!form["order_desc"].isTrue)]]
    } else if let metric = metrics.first {
      query["orderby"] = [[metric, false]]
    }
    var steps: [JSONValue] = []
    let shares = form["percent_metrics"].list
    let compare = PostProcessing(of: form, query).timeCompare
    if !shares.isEmpty {
      var names = shares.compactMap { QueryName.ofMetric($0)?.stringValue }
      if comparison.isMade {
        let times = offsets.compactMap(\.stringValue)
        names = names.flatMap { name in [name] + times.map { "\(name)__\($0)" } }
      }
      var seen: Set<String> = []
      steps.append(PostProcessing.shares(of: names.filter { seen.insert($0).inserted }))
      metrics = QueryName.unique(metrics + shares, by: QueryName.ofMetric)
    }
    query["metrics"] = .array(metrics)
    if !offsets.isEmpty, let compare { steps.append(compare) }
    return steps
  }

  /// The first column of times is cut into grains, and goes first; nil where there is none.
  private func markTime(in query: inout JSONObject) -> JSONValue? {
    let grain = grainOnDashboard
    var columns = query["columns"].list
    guard grain.isTrue, let place = columns.firstIndex(where: isTime) else { return nil }
    let marked = BaseAxis.marked(columns[place], grain: grain)
    if frontend.isFork, !form["time_compare"].isTrue {
      columns[place] = marked
    } else {
      columns.remove(at: place)
      columns.insert(marked, at: 0)
    }
    query["columns"] = .array(columns)
    return marked
  }

  private func totals(of query: JSONObject) -> [JSONObject] {
    guard !query["metrics"].list.isEmpty, form["show_totals"].isTrue, !isRaw else { return [] }
    var totals = query
    totals["columns"] = []
    totals["row_limit"] = 0
    totals["row_offset"] = 0
    totals["post_processing"] = []
    totals["order_desc"] = nil
    totals["orderby"] = nil
    return [totals]
  }

  private static func count(of query: JSONObject) -> JSONObject {
    var count = query
    count["time_offsets"] = []
    count["row_limit"] = 0
    count["row_offset"] = 0
    count["post_processing"] = []
    count["is_rowcount"] = true
    return count
  }

  private static func union(_ values: [JSONValue], _ more: [JSONValue]) -> [JSONValue] {
    var seen: Set<JSONValue> = []
    return (values + more).filter { seen.insert($0).inserted }
  }

  func periodOverPeriod() throws(FormFault) -> JSONObject {
    var query = try base()
    query["groupby"] = form["cols"]
    query["post_processing"] = PostProcessing.steps(PostProcessing(of: form, query).timeCompare)
    query["time_offsets"] = .array(try timeOffsets(of: query))
    return query
  }
}
