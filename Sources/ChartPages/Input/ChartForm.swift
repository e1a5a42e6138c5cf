// SPDX-License-Identifier: MIT
import JSONValues

/// A chart's form, wherever it stands.
enum ChartForm {
  /// A form as it is; of a job the form in it, of a query context the form that it was made of, or its first query.
  static func form(of value: JSONValue?) -> JSONValue {
    guard let value, value.objectValue != nil else { return [:] }
    let isJob = value["job_metadata"] != nil
    if isJob || value["queries"] != nil, let inner = value["form_data"], inner.objectValue != nil {
      return form(of: inner)
    }
    guard let query = value["queries"]?.arrayValue?.first, value["viz_type"] == nil else {
      return value
    }
    return form(ofQuery: query)
  }

  private static func form(ofQuery query: JSONValue) -> JSONValue {
    var form: JSONObject = [:]
    form["metrics"] = query["metrics"]
    let columns = (query["columns"] ?? query["groupby"]).list
    // The axis of times is marked among the columns.
    form["x_axis"] = columns.first { $0["columnType"] == "BASE_AXIS" }
    form["groupby"] = .array(columns.filter { $0["columnType"] != "BASE_AXIS" })
    return .object(form)
  }
}
