// SPDX-License-Identifier: MIT
import HeapModule
import SpoolProtocol
import SystemCalls

/// The deferred jobs by the time they are due, so that nothing is listed while nothing is due.
struct DeferredIndex {
  private struct Entry: Comparable {
    let due: Timestamp
    let queue: QueueName
    let job: JobName

    static func < (left: Entry, right: Entry) -> Bool { left.due < right.due }
  }

  private var heap = Heap<Entry>()
  /// The due time under which a job stands in the heap; entries of other times are stale.
  private var dueTimes: [QueueName: [JobID: (job: JobName, due: Timestamp)]] = [:]

  var nextDue: Timestamp? { heap.min?.due }

  var count: Int { dueTimes.values.reduce(0) { $0 + $1.count } }

  func count(in queue: QueueName) -> Int { dueTimes[queue]?.count ?? 0 }

  /// The name under which a job of this id was last seen in deferred/.
  func job(of id: JobID, in queue: QueueName) -> JobName? { dueTimes[queue]?[id]?.job }

  mutating func note(_ job: JobName, in queue: QueueName, due: Timestamp) {
    if let known = dueTimes[queue]?[job.id], known == (job, due) { return }
    dueTimes[queue, default: [:]][job.id] = (job, due)
    heap.insert(Entry(due: due, queue: queue, job: job))
  }

  /// The next job that is due; its file decides whether it still is.
  mutating func popDue(at now: Timestamp) -> (queue: QueueName, job: JobName)? {
    while let first = heap.min, first.due <= now {
      heap.removeMin()
      guard let known = dueTimes[first.queue]?[first.job.id], known == (first.job, first.due) else {
        continue
      }
      dueTimes[first.queue]?[first.job.id] = nil
      return (first.queue, first.job)
    }
    return nil
  }
}
