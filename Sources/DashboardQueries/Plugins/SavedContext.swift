// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// The queries that a browser has saved with a chart, for types of which nobody has told us how
/// they ask.
struct SavedContext {
  private let queries: [JSONObject]

  /// Nil where there are none.
  init?(_ chart: Chart) {
    let parsed = chart.queryContext.flatMap { try? JSONValue(parsing: $0) }?.asBrowserReads
    guard let queries = parsed?["queries"]?.arrayValue else { return nil }
    self.queries = queries.compactMap(\.objectValue)
  }

  /// The saved queries with what all types take from a form and its dashboard in the same way.
  func queries(for form: JSONObject, _ frontend: Frontend) throws(FormFault) -> [JSONObject] {
    let basis = try QueryBasis(form, for: frontend).query()
    let common = [
      "time_range", "time_range_end_type", "granularity", "filters", "extras",
      "applied_time_extras", "time_column", "time_grain", "custom_form_data", "url_params",
    ]
    return queries.map { saved in
      var query = saved
      for name in common { query[name] = basis[name] }
      guard let grain = form["extra_form_data"]?["time_grain_sqla"] else { return query }
      let columns = query["columns"].list.map { column in
        guard column["columnType"] == "BASE_AXIS", var members = column.objectValue else {
          return column
        }
        members["timeGrain"] = grain
        return .object(members)
      }
      query["columns"] = .array(columns)
      return query
    }
  }
}
