// SPDX-License-Identifier: MIT
import JSONValues

/// What the page asks to learn the first value of a filter's column, for which it waits.
package struct FirstValueQuestion: Hashable, Sendable {
  package let filterID: String
  /// The value is the one that the first row of the answer has in this column.
  package let column: String
  /// A body of `POST /api/v1/chart/data`; a browser's own has another key each time, by a random
  /// part of its address.
  package let body: JSONValue
}

extension DashboardFilters {
  /// Of all filters that take a first value, each one's question.
  ///
  /// - Parameter rowLimit: Superset's `NATIVE_FILTER_DEFAULT_ROW_LIMIT`.
  package func questions(
    for frontend: Frontend = .superset, rowLimit: Int = 1000
  ) throws(DashboardQueryError) -> [FirstValueQuestion] {
    var questions: [FirstValueQuestion] = []
    for filter in filters where filter.isAwaited && filter.takesFirstValue {
      guard let column = filter.column else { continue }
      let body: JSONValue
      do { body = try self.body(of: filter, for: frontend, rowLimit: rowLimit) } catch {
        throw .malformedDashboard(id: dashboardID, reason: "filter '\(filter.name)': \(error)")
      }
      questions.append(FirstValueQuestion(filterID: filter.id, column: column, body: body))
    }
    return questions
  }

  /// The filters with the first values of their columns, by the filters' ids.
  package func taking(firstValues values: [String: JSONValue]) -> DashboardFilters {
    var known = self
    known.filters = filters.map { filter in
      guard filter.isAwaited, filter.takesFirstValue, let value = values[filter.id] else {
        return filter
      }
      return filter.taking(value)
    }
    return known
  }

  /// What a filter that offers values to choose from asks for: these values.
  func body(
    of filter: NativeFilter, for frontend: Frontend, rowLimit: Int
  ) throws(FormFault) -> JSONValue {
    let definition = filter.definition
    let controls = definition["controlValues"]?.objectValue ?? [:]
    var form = controls
    let dataset = definition["targets"].list.first?["datasetId"]?.integerValue
    form["datasource"] = dataset.map { .string("\($0)__table") }
    form["groupby"] = filter.column.map { [.string($0)] }
    if definition["sortMetric"].isTrue { form["sortMetric"] = definition["sortMetric"] }
    form["adhoc_filters"] = definition["adhoc_filters"].isDefined ? definition["adhoc_filters"] : []
    form["extra_filters"] = []
    let parents = definition["cascadeParentIds"].list.compactMap(\.stringValue)
    let above = parents.compactMap { id in filters.first { $0.id == id }?.extraFormData }
    form["extra_form_data"] = .object(try ExtraFormData.merged(above, for: frontend))
    form["granularity_sqla"] = definition["granularity_sqla"]
    form["metrics"] = ["count"]
    form["row_limit"] = .integer(rowLimit)
    form["time_range"] = definition["time_range"]
    form["url_params"] = [:]
    var query = try QueryBasis(form, for: frontend).query()
    let metric = form["sortMetric"].isTrue ? form["sortMetric"].list : []
    query["metrics"] = .array(metric)
    let isAscending = JSONValue.bool(controls["sortAscending"].map { Optional($0).isTrue } ?? true)
    let sorting = metric.isEmpty ? query["columns"].list : metric
    query["orderby"] = .array(sorting.map { [$0, isAscending] })
    return BrowserRequest.body([query], of: form, for: frontend)
  }
}
