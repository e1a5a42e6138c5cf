// SPDX-License-Identifier: MIT
import HeapModule
import SpoolProtocol
import SystemCalls

/// The deferred jobs that are due next, by their times, so that nothing is listed while nothing is due.
///
/// It holds a window of them: of those beyond, only the time at which the first one is due, when the directories are
/// to be listed again.
struct DeferredIndex {
  /// Jobs held in memory, some two hundred bytes each.
  static let window = 1 << 15

  private struct Entry: Comparable {
    let due: Timestamp
    let queue: QueueName
    let job: JobName

    static func < (left: Entry, right: Entry) -> Bool { left.due < right.due }
  }

  private var heap = Heap<Entry>()
  /// The due time under which a job stands in the heap; entries of other times are stale.
  private var dueTimes: [QueueName: [JobID: (job: JobName, due: Timestamp)]] = [:]
  /// When the first job is due of those that found no room, by queue.
  private var beyond: [QueueName: Timestamp] = [:]
  private let limit: Int

  init(window: Int = DeferredIndex.window) { limit = window }

  /// When something is to be done: a job to be released, or a directory to be listed.
  var nextDue: Timestamp? { [heap.min?.due, beyond.values.min()].compactMap(\.self).min() }

  var count: Int { dueTimes.values.reduce(0) { $0 + $1.count } }

  func count(in queue: QueueName) -> Int { dueTimes[queue]?.count ?? 0 }

  /// The names under which a job of this id may stand in deferred/.
  ///
  /// - Parameter tries: how many attempts a job of the queue has; all are named where not every job is in the window.
  func jobs(of id: JobID, in queue: QueueName, tries: Int) -> [JobName] {
    if let known = dueTimes[queue]?[id] { return [known.job] }
    return beyond[queue] == nil ? [] : (1...tries).map { JobName(id: id, attempt: $0) }
  }

  mutating func note(_ job: JobName, in queue: QueueName, due: Timestamp) {
    if let known = dueTimes[queue]?[job.id], known == (job, due) { return }
    dueTimes[queue, default: [:]][job.id] = (job, due)
    heap.insert(Entry(due: due, queue: queue, job: job))
    guard heap.count > limit, let last = heap.popMax() else { return }
    guard isCurrent(last) else { return }
    dueTimes[last.queue]?[last.job.id] = nil
    beyond[last.queue] = min(beyond[last.queue] ?? last.due, last.due)
  }

  /// The next job that is due; its file decides whether it still is. Nil also where a directory is to be listed first.
  mutating func popDue(at now: Timestamp) -> (queue: QueueName, job: JobName)? {
    while let first = heap.min, first.due <= now, first.due <= beyond.values.min() ?? first.due {
      heap.removeMin()
      guard isCurrent(first) else { continue }
      dueTimes[first.queue]?[first.job.id] = nil
      return (first.queue, first.job)
    }
    return nil
  }

  /// A queue of which jobs are due that are not in the window: its directory is to be listed, all of it.
  mutating func popUnlisted(at now: Timestamp) -> QueueName? {
    guard let queue = beyond.first(where: { $0.value <= now })?.key else { return nil }
    beyond[queue] = nil
    return queue
  }

  private func isCurrent(_ entry: Entry) -> Bool {
    dueTimes[entry.queue]?[entry.job.id].map { $0 == (entry.job, entry.due) } ?? false
  }
}
