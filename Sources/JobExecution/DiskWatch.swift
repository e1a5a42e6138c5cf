// SPDX-License-Identifier: MIT
import SystemCalls

/// Whether the spool's disk is full, looked at a few times a second at most while it is not.
struct DiskWatch {
  /// Nanoseconds. A task that fills the disk sooner is told so by its own calls.
  private static let pause: Int64 = 50_000_000

  let path: String
  private var nextLook: Int64 = 0

  init(path: String) { self.path = path }

  mutating func isShort() -> Bool {
    let now = SystemClock.monotonic()
    guard now >= nextLook else { return false }
    guard !DiskSpace.isShort(at: path) else { return true }
    nextLook = now + Self.pause
    return false
  }
}
