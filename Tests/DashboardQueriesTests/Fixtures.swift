// SPDX-License-Identifier: MIT
import JSONValues

@testable import DashboardQueries
@testable import SupersetMetadata

extension Chart {
  /// A chart of dataset 1, as far as its data go.
  static func of(_ type: String, id: Int = 7, _ form: JSONValue?, saved: JSONValue? = nil) -> Chart
  {
    Chart(
      id: id, name: "c", vizType: type, datasetID: 1, datasource: "1__table", cacheTimeout: nil,
      queryContext: saved?.text, form: form?.text)
  }
}

extension Dashboard {
  static func of(
    charts: Set<Int> = [7], filters: [JSONValue] = [], metadata: JSONObject = [:],
    position: JSONValue? = nil
  ) -> Dashboard {
    var metadata = metadata
    metadata["native_filter_configuration"] = .array(filters)
    return Dashboard(
      id: 3, isPublished: true, metadata: JSONValue.object(metadata).text,
      position: position?.text, roles: [], owners: [], charts: charts, embeddings: [])
  }
}

extension JSONValue {
  /// A filter with this default, over everything.
  static func filter(_ id: String = "F", extra: JSONValue, more: JSONObject = [:]) -> JSONValue {
    var filter: JSONObject = [
      "id": .string(id), "name": .string(id), "filterType": "filter_select",
      "scope": ["rootPath": ["ROOT_ID"], "excluded": []],
      "defaultDataMask": ["extraFormData": extra, "filterState": ["value": ["x"]]],
    ]
    for (name, value) in more { filter[name] = value }
    return .object(filter)
  }
}

extension BrowserRequest {
  var queries: [JSONValue] {
    guard case .chartData(let body) = self else { return [] }
    return body["queries"]?.arrayValue ?? []
  }

  /// Of the first query.
  func member(_ name: String) -> JSONValue? { queries.first?[name] }
}
