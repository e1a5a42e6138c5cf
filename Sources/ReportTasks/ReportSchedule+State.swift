// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

extension ReportSchedule {
  /// In which state its dashboard is shown; null for the one in which it opens.
  var dashboardState: JSONValue {
    let document = extra.flatMap { try? JSONValue(parsing: $0) }
    guard let state = document?["dashboard"], state.objectValue?.isEmpty == false else {
      return .null
    }
    return state
  }
}
