// SPDX-License-Identifier: MIT
import JSONValues

/// How the answer to a query context is written.
package enum ResultFormat: String, Sendable {
  case json, csv, xlsx

  init(_ value: JSONValue?) {
    self = value?.stringValue.flatMap(ResultFormat.init) ?? .json
  }

  /// As HTTP and the cache's entries name it.
  package var contentType: String {
    switch self {
    case .json: "application/json"
    case .csv: "text/csv; charset=utf-8"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }
  }
}
