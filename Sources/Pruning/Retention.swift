// SPDX-License-Identifier: MIT
import SupersetMetadata
import SystemCalls

/// How long rows are kept: a number of days.
package struct Retention: Hashable, Sendable {
  /// A century; what is meant by more is "for ever", and then nobody prunes.
  static let longest: Double = 36_500

  package let days: Double

  /// Nil for what is no such time; a negative one would take rows of the future.
  package init?(days: Double) {
    guard days >= 0, days <= Self.longest else { return nil }
    self.days = days
  }

  /// Rows before this moment have been kept for long enough; in UTC, as Superset writes its times.
  package func end(at now: Timestamp) -> String {
    // As long as Superset's own texts, which SQLite compares letter by letter.
    (now - .nanoseconds(Int64(days * 86_400 * 1e9))).metadataText
  }
}
