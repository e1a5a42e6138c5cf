// SPDX-License-Identifier: MIT
import Synchronization

/// How often a program has waited for the disk.
package final class SyncCounter: Sendable {
  private let single = Atomic<Int>(0)
  private let whole = Atomic<Int>(0)

  package init() {}

  /// Calls of fsync(2), one file or directory each.
  package var files: Int { single.load(ordering: .relaxed) }
  /// Calls of syncfs(2), everything at once.
  package var fileSystems: Int { whole.load(ordering: .relaxed) }

  func noteFile() { single.wrappingAdd(1, ordering: .relaxed) }
  func noteFileSystem() { whole.wrappingAdd(1, ordering: .relaxed) }
}
