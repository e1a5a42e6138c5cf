// SPDX-License-Identifier: MIT

/// How far a group is, as a line to be read, with a bar where it is drawn again and again.
package struct GroupProgress: Hashable {
  private static let width = 30

  private let done: Int
  private let failed: Int
  private let held: Int
  private let total: Int

  package init(_ look: GroupLook) {
    done = look.done.count
    failed = look.failed.count
    held = look.held.count
    total = look.total
  }

  package var text: String {
    let parts = [(failed, "failed"), (held, "held")].filter { $0.0 > 0 }
    return "\(done) of \(total) done" + parts.map { ", \($0.0) \($0.1)" }.joined()
  }

  package var bar: String {
    let full = total == 0 ? 0 : Self.width * (done + failed) / total
    let empty = Self.width - full
    return "[\(String(repeating: "#", count: full))\(String(repeating: ".", count: empty))] \(text)"
  }
}
