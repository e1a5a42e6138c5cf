// SPDX-License-Identifier: MIT
import JSONValues

/// Where an answer stands towards the cache, which its own text tells.
package enum AnswerFreshness: Hashable, Sendable {
  /// Computed for this answer.
  case computed
  /// As it is read later, under its key; the time is UTC, in ISO 8601 seconds.
  case cached(at: String)

  /// `cached_dttm` of an answer.
  var cachedAt: JSONValue {
    switch self {
    case .computed: nil
    case .cached(let time): .string(time)
    }
  }
}

/// An answer that has been written.
package struct ChartAnswer: Hashable, Sendable {
  /// Of all queries together.
  package let rowCount: Int
}
