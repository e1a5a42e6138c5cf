// SPDX-License-Identifier: MIT
import JSONValues

/// What Superset's web server sends for the form of a legacy chart, also where that is an error.
package struct ExploreAnswer: Sendable {
  package let document: [UInt8]
  package let rowCount: Int
  /// Why there is no data; nil where there is.
  package let failure: ChartQueryError?
  /// What the event of a job tells instead of a result.
  package let errors: [JSONValue]
  /// The status of HTTP.
  package let status: Int

  init(_ document: [UInt8], rowCount: Int) {
    self.document = document
    self.rowCount = rowCount
    failure = nil
    errors = []
    status = 200
  }

  /// A payload that tells its errors among everything else.
  init(_ document: [UInt8], _ failure: ChartQueryError, _ errors: [JSONValue]) {
    self.document = document
    rowCount = 0
    self.failure = failure
    self.errors = errors
    status = 400
  }

  init(csv table: DataTable) {
    // Without rows pandas knows no columns either.
    let bytes = table.rowCount == 0 ? [UInt8(ascii: "\n")] : table.csv(titles: [:])
    self.init(bytes, rowCount: table.rowCount)
  }

  /// The document for a request that never came to a query.
  package init(failure: ChartQueryError) {
    self.failure = failure
    rowCount = 0
    let sentence = failure.sentence ?? "\(failure)"
    switch failure {
    case .noAccess(let id):
      let error = ErrorDocument.error(
        sentence, "DATASOURCE_SECURITY_ACCESS_ERROR", level: "warning",
        extra: ["link": "", "datasource": .integer(id)])
      (errors, status) = ([error], 403)
    case .noDataset:
      let error = ErrorDocument.error(sentence, "FAILED_FETCHING_DATASOURCE_INFO_ERROR")
      (errors, status) = ([error], 403)
    case .noExport:
      (errors, status) = (["You don't have the rights to download as csv"], 403)
    case .metadata(.noDataset):
      (errors, status) = (["Datasource does not exist"], 404)
    case .breaksOff, .unsupported: (errors, status) = ([.string(sentence)], 500)
    default: (errors, status) = ([.string(sentence)], 400)
    }
    let isText = errors.first?.stringValue != nil
    document =
      JSONValue.object(isText ? ["error": errors[0]] : ["errors": .array(errors)]).bytes
  }
}
