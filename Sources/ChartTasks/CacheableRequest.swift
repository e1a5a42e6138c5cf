// SPDX-License-Identifier: MIT
import ChartQueries

/// What a task is asked to compute, as far as it concerns the cache.
package struct CacheableRequest {
  let key: String
  /// Where Superset's web server shows what lies under the key.
  let address: String
  /// Seconds that the answer may be kept; -1 means that it is never read from the cache.
  let timeout: Int
  let isForced: Bool
  /// How an answer begins that is still right; nil where no answer tells.
  let beginning: [UInt8]?
  let contentType: String
  /// The name of the answer among the job's files.
  let fileName: String
  /// Writes the answer, and returns the number of its rows.
  let answer: (AnswerFreshness, inout any AnswerOutput) throws(ChartTaskError) -> Int

  var isJSON: Bool { contentType == ResultFormat.json.contentType }
}

extension ChartSession {
  package func cacheable(_ request: ChartRequest) -> CacheableRequest {
    CacheableRequest(
      key: request.contextKey, address: "/api/v1/chart/data/", timeout: timeout(of: request),
      isForced: request.context.isForced, beginning: request.answerBeginning,
      contentType: request.file.contentType, fileName: "data.\(request.file.ending)"
    ) { freshness, output throws(ChartTaskError) in
      try self.answer(request, freshness, to: &output).rowCount
    }
  }

  package func cacheable(_ request: ExploreRequest, isForced: Bool) -> CacheableRequest {
    CacheableRequest(
      key: request.key, address: "/superset/explore_json/data/", timeout: timeout(of: request),
      isForced: isForced, beginning: request.answerBeginning, contentType: request.contentType,
      fileName: request.contentType == ResultFormat.csv.contentType ? "data.csv" : "data.json"
    ) { freshness, output throws(ChartTaskError) in
      let answer = try self.answer(to: request, freshness)
      if let failure = answer.failure { throw .explore(failure, errors: answer.errors) }
      do throws(ChartQueryError) { try output.append(answer.document) } catch {
        throw ChartTaskError(error)
      }
      return answer.rowCount
    }
  }
}
