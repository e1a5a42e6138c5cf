// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// What fails: the machine is short of something, which concerns everybody, or something is wrong with one queue.
extension Dispatcher {
  /// After a shortage (disk, descriptors, processes) the same is tried again.
  static let shortagePause: Duration = .seconds(1)

  func suffer(_ error: SystemError) {
    report("\(error)", .error)
    shortageUntil = SystemClock.monotonic() + Self.shortagePause.nanoseconds
    // What was under way when it happened is found again by a look at everything.
    nextBackstop = 0
  }

  /// Something is wrong with one queue, or with the machine.
  func suffer(_ error: SystemError, from queue: QueueName) {
    guard !error.errno.isShortage else { return suffer(error) }
    // What else fails before it is tried again has the same cause, and may be a message for each of many jobs.
    guard !isResting(queue) else { return }
    report("\(error)", .error)
    let now = SystemClock.monotonic()
    let rest = restingQueues[queue].map { $0.extended(at: now) } ?? Rest(at: now)
    restingQueues[queue] = rest
    backlogs[queue]?.considerEverything()
    nextBackstop = min(nextBackstop, rest.until)
  }

  func isResting(_ queue: QueueName) -> Bool {
    restingQueues[queue].map { $0.until > SystemClock.monotonic() } ?? false
  }
}
