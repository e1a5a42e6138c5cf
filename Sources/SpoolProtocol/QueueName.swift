// SPDX-License-Identifier: MIT

/// A queue: a directory of incoming/, named as the executable that serves it.
package struct QueueName: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let text: String

  /// Nil for a name outside ``NameRule``.
  package init?(_ text: String) {
    guard NameRule.judge(text) == .accepted else { return nil }
    self.text = text
  }

  package var description: String { text }

  package static func < (left: QueueName, right: QueueName) -> Bool { left.text < right.text }
}
