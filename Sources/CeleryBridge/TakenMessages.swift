// SPDX-License-Identifier: MIT
import SpoolProtocol

/// Messages that are jobs already, and whose names still stand where they were sent: for Celery's clients they wait.
struct TakenMessages {
  struct Job: Hashable {
    let id: JobID
    let queue: QueueName
  }

  private var jobs: [String: Job] = [:]
  /// Of a job there is one, but where a client uses an id again.
  private var names: [JobID: [String]] = [:]
  /// Names that were removed here, of which events will come.
  private var removed: Set<String> = []

  func contains(_ name: String) -> Bool { jobs[name] != nil }

  mutating func insert(_ name: String, _ job: Job) {
    if jobs.updateValue(job, forKey: name) != job { names[job.id, default: []].append(name) }
    removed.remove(name)
  }

  /// Whether an event of this name is only of what was done here.
  mutating func expected(_ name: String) -> Bool { removed.remove(name) != nil }

  /// The names of a job's message; they are to be removed now.
  mutating func remove(_ id: JobID, in queue: QueueName?) -> [String] {
    let found = (names[id] ?? []).filter { queue == nil || jobs[$0]?.queue == queue }
    for name in found {
      forget(name)
      removed.insert(name)
    }
    return found.sorted()
  }

  /// Those whose names somebody else has removed.
  mutating func takeMissing(from names: some Collection<String>) -> [Job] {
    let present = Set(names)
    // Events that never came are not waited for.
    removed.formIntersection(present)
    let missing = jobs.filter { !present.contains($0.key) }
    for name in missing.keys { forget(name) }
    return Array(missing.values)
  }

  /// Every one, for who wants to know which jobs are no more.
  var all: [Job] { Array(jobs.values) }

  private mutating func forget(_ name: String) {
    guard let job = jobs.removeValue(forKey: name) else { return }
    names[job.id]?.removeAll { $0 == name }
    if names[job.id]?.isEmpty == true { names[job.id] = nil }
  }
}
