// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// In which order a worker runs the jobs of its folder: by priority, then as they were claimed.
struct FolderOrder {
  private let spool: Spool
  private let worker: WorkerName
  /// The jobs that stood in the folder at the last look: nothing of a job there changes.
  private var known: [JobName: Place] = [:]
  /// The dispatcher has said that of the jobs that it gave some have not the middle priority; or it may have said so to an
  /// earlier worker. To open and read each is a twentieth of what a short job costs.
  var mayDiffer = true
  /// Those that had a run then: somebody began them before.
  private(set) var begun: Set<JobName> = []

  private struct Place: Comparable {
    /// Nil where it has not been read.
    var priority: Int?
    /// Many claims may bear the same time: then the time of the file decides, its drop or the end of its pause.
    let claimed: Timestamp
    let dropped: Timestamp
    let size: Int
    let job: JobName

    static func < (left: Place, right: Place) -> Bool {
      let middle = Job.defaultPriority
      let (priority, other) = (left.priority ?? middle, right.priority ?? middle)
      if priority != other { return priority > other }
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
    let folder = try spool.folder(of: worker)
    begun = Set(folder.begun)
    let found = folder.jobs.filter { !busy.contains($0) }
    var places: [JobName: Place] = [:]
    for job in found {
      let known = if let place = known[job] { place } else { try look(at: job) }
      guard var place = known else { continue }
      // Who is alone is first, whatever its priority.
      if mayDiffer, found.count > 1, place.priority == nil {
        let path = spool.layout.active(job, of: worker)
        place.priority = try spool.priority(of: path, size: place.size)
      }
      places[job] = place
    }
    known = places
    if found.count != 1 { mayDiffer = false }
    return places.values.sorted().map(\.job)
  }

  private func look(at job: JobName) throws(SystemError) -> Place? {
    let path = spool.layout.active(job, of: worker)
    return try spool.files.status(of: path).map {
      Place(claimed: $0.changed, dropped: $0.modified, size: $0.size, job: job)
    }
  }
}
