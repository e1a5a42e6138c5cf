// SPDX-License-Identifier: MIT
import SpoolProtocol

/// A job that stands in deferred/ for another attempt.
struct JobRetry: Hashable {
  let name: JobName
  let queue: QueueName

  /// Nil for a job that waits for its first one.
  init?(_ name: JobName?, in queue: QueueName) {
    guard let name, name.attempt > 1 else { return nil }
    self.name = name
    self.queue = queue
  }
}
