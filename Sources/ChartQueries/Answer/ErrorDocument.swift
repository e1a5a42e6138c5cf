// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// What Superset's web server answers where it has no rows to give.
package struct ErrorDocument: Hashable, Sendable {
  /// Of HTTP.
  package let status: Int
  package let json: JSONValue

  /// - Parameter user: who asked; somebody who is not logged in is asked to do so.
  package init(_ error: ChartQueryError, for user: User) {
    switch error {
    case .noAccess where user.id == nil && user.guest == nil:
      self.init(status: 401, json: ["msg": "Missing Authorization Header"])
    case .noAccess(let dataset):
      let extra: JSONValue = ["link": "", "datasource": .integer(dataset)]
      self.init(
        status: 403, "\(error)", type: "DATASOURCE_SECURITY_ACCESS_ERROR", level: "warning", extra)
    case .changedByGuest:
      self.init(
        status: 403, "\(error)", type: "DASHBOARD_SECURITY_ACCESS_ERROR", level: "warning", nil)
    case .metadata(.noChart): self.init(status: 404, json: ["message": "Chart not found"])
    case .noChart, .metadata(.noDataset):
      self.init(status: 404, json: ["message": "Not found"])
    case .breaksOff(let reason): self = Self.backend(500, reason)
    case .noExport: self.init(status: 403, json: ["message": "Forbidden"])
    default: self.init(status: 400, json: ["message": .string("\(error)")])
    }
  }

  /// Of a request that is not even JSON.
  package static let malformed = backend(
    400,
    "400 Bad Request: The browser (or proxy) sent a request that this server could not understand.")

  /// What Superset has not foreseen.
  private static func backend(_ status: Int, _ message: String) -> ErrorDocument {
    let issue = "Issue 1011 - Superset encountered an unexpected error."
    return ErrorDocument(
      status: status, message, type: "GENERIC_BACKEND_ERROR", level: "error",
      ["issue_codes": [["code": 1011, "message": .string(issue)]]])
  }

  private init(status: Int, json: JSONValue) {
    self.status = status
    self.json = json
  }

  private init(
    status: Int, _ message: String, type: String, level: String, _ extra: JSONValue
  ) {
    self.init(
      status: status, json: ["errors": [Self.error(message, type, level: level, extra: extra)]])
  }

  /// One error, as Superset's documents list them.
  static func error(
    _ message: String, _ type: String, level: String = "error", extra: JSONValue = nil
  ) -> JSONValue {
    [
      "message": .string(message), "error_type": .string(type), "level": .string(level),
      "extra": extra,
    ]
  }
}
