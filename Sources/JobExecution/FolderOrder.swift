// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// In which order a worker runs the jobs of its folder: by priority, then as they were claimed.
struct FolderOrder {
  private let spool: Spool
  private let worker: WorkerName
  /// Of the jobs that stood in the folder at the last look.
  private var priorities: [JobName: Int] = [:]

  private struct Place: Comparable {
    let priority: Int
    /// Many claims may bear the same time: then the time of the file decides, its drop or the end of its pause.
    let claimed: Timestamp
    let dropped: Timestamp
    let job: JobName

    static func < (left: Place, right: Place) -> Bool {
      if left.priority != right.priority { return left.priority > right.priority }
      return (left.claimed, left.dropped, left.job.id) < (
        right.claimed, right.dropped, right.job.id
      )
    }
  }

  init(_ spool: Spool, _ worker: WorkerName) {
    self.spool = spool
    self.worker = worker
  }

  /// The jobs that stand in the folder, but those `besides`.
  mutating func look(besides busy: Set<JobName>) throws(SystemError) -> [JobName] {
    let found = try spool.jobs(of: worker).filter { !busy.contains($0) }
    var places: [Place] = []
    var next: [JobName: Int] = [:]
    for job in found {
      let path = spool.layout.active(job, of: worker)
      guard let status = try spool.files.status(of: path) else { continue }
      var priority = 0
      // Who is alone is first, whatever its priority.
      if found.count > 1 {
        priority =
          if let known = priorities[job] { known } else {
            try spool.priority(of: path, size: status.size)
          }
        next[job] = priority
      }
      places.append(
        Place(
          priority: priority, claimed: status.changed, dropped: status.modified, job: job))
    }
    priorities = next
    return places.sorted().map(\.job)
  }
}
