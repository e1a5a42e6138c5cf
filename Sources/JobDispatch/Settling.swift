// SPDX-License-Identifier: MIT
import SystemCalls

/// The settling of a dead worker's jobs by a process of the user that the worker had, who may do anything to it.
struct Settling {
  /// A process that takes so long has been stopped by its user's tasks: it is ended.
  static let patience: Int64 = 60_000_000_000
  /// At the end of the dispatcher one that has not succeeded for so long is left to the next one.
  static let lastPatience: Int64 = 10_000_000_000

  let began = SystemClock.monotonic()
  private(set) var child: ChildProcess
  private(set) var started = SystemClock.monotonic()
  /// Monotonic; once it has failed, when another one is started.
  var nextTry: Int64?

  init(_ child: ChildProcess) { self.child = child }

  mutating func restart(_ child: ChildProcess) {
    self.child = child
    started = SystemClock.monotonic()
    nextTry = nil
  }

  var isOverdue: Bool { SystemClock.monotonic() - started > Self.patience }
  var isHopeless: Bool { SystemClock.monotonic() - began > Self.lastPatience }
}
