// SPDX-License-Identifier: MIT
import JSONValues

/// What a query is asked for, besides its data; a query's own type goes before that of its context.
package enum ResultType: String, Sendable {
  /// The data, and all that is known of them.
  case full
  /// The data alone.
  case results
  /// Full, as the chart itself shows it: pivoted, say, as its form asks.
  case postProcessed = "post_processed"
  /// Rows of the dataset instead, all its columns.
  case samples
  /// The same within the query's time range.
  case drillDetail = "drill_detail"
  /// The SQL, which is not run.
  case query
  /// The dataset's columns.
  case columns
  /// The steps of time that its database knows.
  case timegrains

  /// - Parameter value: one of these words, or nothing: then it is the context's.
  init(_ value: JSONValue?, within parent: ResultType = .full) {
    self = value?.stringValue.flatMap(ResultType.init) ?? parent
  }
}
