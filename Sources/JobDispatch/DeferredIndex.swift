// SPDX-License-Identifier: MIT
import HeapModule
import SpoolProtocol
import SystemCalls

/// The deferred jobs by the time they are due, so that nothing is listed while nothing is due.
struct DeferredIndex {
  private struct Entry: Comparable {
    let due: Timestamp
    let queue: QueueName
    let fileName: String

    static func < (left: Entry, right: Entry) -> Bool { left.due < right.due }
  }

  private var heap = Heap<Entry>()
  /// The due time under which a job stands in the heap; entries of other times are stale.
  private var dueTimes: [QueueName: [String: Timestamp]] = [:]

  var nextDue: Timestamp? { heap.min?.due }

  var count: Int { dueTimes.values.reduce(0) { $0 + $1.count } }

  mutating func note(_ fileName: String, in queue: QueueName, due: Timestamp) {
    guard dueTimes[queue]?[fileName] != due else { return }
    dueTimes[queue, default: [:]][fileName] = due
    heap.insert(Entry(due: due, queue: queue, fileName: fileName))
  }

  /// The next job that is due; its file decides whether it still is.
  mutating func popDue(at now: Timestamp) -> (queue: QueueName, fileName: String)? {
    while let first = heap.min, first.due <= now {
      heap.removeMin()
      guard dueTimes[first.queue]?[first.fileName] == first.due else { continue }
      dueTimes[first.queue]?[first.fileName] = nil
      return (first.queue, first.fileName)
    }
    return nil
  }
}
