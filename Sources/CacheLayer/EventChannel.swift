// SPDX-License-Identifier: MIT
import TaskContract

/// The channel of a browser session, Superset's `channel_id`; its events stand in one file of events/.
package struct EventChannel: Hashable, Sendable, CustomStringConvertible {
  package let text: String
  package let fileName: String

  /// Nil for an empty name and for one that is too long as a file name.
  package init?(_ text: String) {
    let escaped = CacheKey.escaped(text)
    guard !text.isEmpty, escaped.utf8.count <= CacheKey.byteLimit else { return nil }
    self.text = text
    fileName = "\(escaped).jsonl"
  }

  package var description: String { text }
}
