// SPDX-License-Identifier: MIT
import SystemCalls

/// Notices that the dispatcher has gone and stays away, without looking more often than once a minute.
final class DispatcherWatch {
  /// A dispatcher that is being upgraded is back within this time.
  static let patience: Duration = .seconds(60)

  private let lock: String
  private var process: OpenFile?
  /// Monotonic; when to look again whether a dispatcher is there.
  private(set) var nextLook: Int64?

  init(lock: String) { self.lock = lock }

  /// True once nobody has held the dispatcher's lock at two looks a minute apart.
  func isGone(in loop: EventLoop) -> Bool {
    guard process == nil else { return false }
    let now = SystemClock.monotonic()
    if let nextLook, now < nextLook { return false }
    if attach(to: loop) {
      nextLook = nil
      return false
    }
    guard nextLook == nil else { return true }
    nextLook = now + Self.patience.nanoseconds
    return false
  }

  /// Waits for the end of the process that holds the lock, if somebody does.
  private func attach(to loop: EventLoop) -> Bool {
    guard let found = try? LifeLock.holder(of: lock) else { return false }
    do {
      try loop.watch(found.descriptor) { [unowned self] in
        loop.forget(found.descriptor)
        process = nil
      }
    } catch {
      return false
    }
    process = found
    return true
  }
}
