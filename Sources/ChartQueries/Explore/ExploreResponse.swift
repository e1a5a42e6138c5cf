// SPDX-License-Identifier: MIT

/// What `explore_json` is asked for: the chart's own data, or something on the way to them.
package enum ExploreResponse: String, Sendable {
  case json, csv
  /// The SQL, which is not run.
  case query
  /// The rows as they came.
  case results
  /// Rows of the dataset instead.
  case samples

  package var contentType: String {
    self == .csv ? ResultFormat.csv.contentType : ResultFormat.json.contentType
  }
}
