// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// What templates in SQL may ask for: who runs the query, and what the request says.
struct TemplateSource: Sendable {
  /// A condition on one column, as `get_filters` tells it.
  struct Filter: Sendable {
    let column: String
    let condition: JSONValue
    let value: JSONValue
  }

  /// ENABLE_TEMPLATE_PROCESSING
  let isEnabled: Bool
  let user: User
  let urlParameters: JSONObject
  let filters: [Filter]

  /// - Parameter query: the first of the request, as it was posted; Superset looks at no other.
  init(isEnabled: Bool, user: User, query: JSONValue) {
    self.isEnabled = isEnabled
    self.user = user
    urlParameters = query["url_params"]?.objectValue ?? [:]
    filters = (query["filters"]?.arrayValue ?? []).compactMap { filter in
      guard let column = filter["col"]?.stringValue, let value = filter["val"],
        value.saysAnything
      else { return nil }
      let condition = filter["op"]?.stringValue.map { JSONValue.string($0.uppercased()) }
      let isList = condition == "IN" || condition == "NOT IN"
      return Filter(
        column: column, condition: condition ?? nil,
        value: isList && value.arrayValue == nil ? [value] : value)
    }
  }
}
