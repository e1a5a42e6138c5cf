// SPDX-License-Identifier: MIT
import SystemCalls

/// An event's id, in the form of Redis streams: `MILLISECONDS-NUMBER`; each is greater than those before it.
package struct EventID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let milliseconds: Int
  package let number: Int

  init(milliseconds: Int, number: Int) {
    self.milliseconds = milliseconds
    self.number = number
  }

  /// Nil for what is no id.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let milliseconds = Self.number(parts[0]),
      let number = Self.number(parts[1])
    else { return nil }
    self.init(milliseconds: milliseconds, number: number)
  }

  private static func number(_ digits: some StringProtocol) -> Int? {
    digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
  }

  /// The id of an event after this one; greater also where the clock was set back.
  static func next(after last: EventID?, at now: Timestamp) -> EventID {
    let milliseconds = Int(now.nanoseconds / 1_000_000)
    guard let last, last.milliseconds >= milliseconds else {
      return EventID(milliseconds: milliseconds, number: 0)
    }
    return EventID(milliseconds: last.milliseconds, number: last.number + 1)
  }

  package static func < (left: EventID, right: EventID) -> Bool {
    (left.milliseconds, left.number) < (right.milliseconds, right.number)
  }

  package var description: String { "\(milliseconds)-\(number)" }
}
