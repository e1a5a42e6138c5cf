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
    guard !concernsAll(error) else { return suffer(error) }
    // What else fails before it is tried again has the same cause, and may be a message for each of many jobs.
    guard !isResting(queue) else { return }
    report("\(error)", .error)
    rest(queue)
  }

  /// Leaves a queue alone for a while, at the end of which everything of it is looked at.
  func rest(_ queue: QueueName) {
    let now = SystemClock.monotonic()
    let rest = Rest(at: now, after: restingQueues[queue])
    restingQueues[queue] = rest
    backlogs[queue]?.considerEverything()
    nextBackstop = min(nextBackstop, rest.until)
  }

  /// A shortage is the whole machine's, but for processes where queues have users of their own: each has a limit of its own.
  func concernsAll(_ error: SystemError) -> Bool {
    error.errno.isShortage && !(error.errno == .tryAgain && plan.separation.isOn)
  }

  func isResting(_ queue: QueueName) -> Bool {
    restingQueues[queue].map { $0.until > SystemClock.monotonic() } ?? false
  }
}
