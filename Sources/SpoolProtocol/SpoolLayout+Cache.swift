// SPDX-License-Identifier: MIT

/// What the cache layer keeps; its entries lie where `CacheKey` says, relative to ``SpoolLayout/cache``.
extension SpoolLayout {
  /// Held by the cache layer while it lives.
  package var cacheLock: String { "\(cache)/.lock" }

  /// The events and marks that are being written; stands only for the time that takes, or after a crash.
  package var announcement: String { "\(cache)/.announcement" }

  /// A queue's marks: hard links to the results and reasons that have been announced.
  package func marks(of queue: QueueName) -> String { "\(allMarks)/\(queue)" }

  package var allMarks: String { "\(cache)/.announced" }

  package func resultMark(_ id: JobID, in queue: QueueName) -> String {
    "\(marks(of: queue))/\(id).json"
  }

  package func failureMark(_ id: JobID, in queue: QueueName) -> String {
    "\(marks(of: queue))/\(id).error"
  }

  /// Locks and values of computations under way, one each key.
  package var flights: String { "\(cache)/.flights" }

  /// What is known of each entry.
  package var cacheEntries: String { "\(cache)/.entries" }

  /// A channel's events, by the file name of the channel.
  package func eventLog(named fileName: String) -> String { "\(events)/\(fileName)" }
}
