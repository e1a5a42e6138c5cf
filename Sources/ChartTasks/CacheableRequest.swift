// SPDX-License-Identifier: MIT
import ChartQueries

/// What a task is asked to compute, as far as it concerns the cache.
package struct CacheableRequest {
  package typealias Answer = (document: [UInt8], rowCount: Int)

  let key: String
  /// Where Superset's web server shows what lies under the key.
  let address: String
  /// Seconds that the answer may be kept; -1 means that it is never read from the cache.
  let timeout: Int
  let isForced: Bool
  /// How an answer begins that is still right; nil where no answer tells.
  let beginning: [UInt8]?
  let contentType: String
  let answer: (ChartAnswer.Freshness) throws(ChartTaskError) -> Answer

  var isJSON: Bool { contentType == ResultFormat.json.contentType }

  /// The name of the answer among the job's files.
  var fileName: String {
    switch contentType {
    case ResultFormat.csv.contentType: "data.csv"
    case ResultFormat.xlsx.contentType: "data.xlsx"
    default: "data.json"
    }
  }
}

extension ChartSession {
  package func cacheable(_ request: ChartRequest) -> CacheableRequest {
    CacheableRequest(
      key: request.contextKey, address: "/api/v1/chart/data/", timeout: timeout(of: request),
      isForced: request.context.isForced, beginning: request.answerBeginning,
      contentType: request.context.format.contentType
    ) { freshness throws(ChartTaskError) in
      let answer = try self.answer(to: request, freshness)
      return (answer.document, answer.rowCount)
    }
  }

  package func cacheable(_ request: ExploreRequest, isForced: Bool) -> CacheableRequest {
    CacheableRequest(
      key: request.key, address: "/superset/explore_json/data/", timeout: timeout(of: request),
      isForced: isForced, beginning: request.answerBeginning, contentType: request.contentType
    ) { freshness throws(ChartTaskError) in
      let answer = try self.answer(to: request, freshness)
      if let failure = answer.failure { throw .explore(failure, errors: answer.errors) }
      return (answer.document, answer.rowCount)
    }
  }
}
