// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

/// What runs, and how far its tasks say that it is; as often as it is looked at.
struct RunningJobs {
  /// Something to tell that was not so at the last look.
  struct State: Hashable {
    let id: JobID
    let worker: WorkerName
    let pid: Int
    /// What the task has written into its `progress`; nil: it has only begun.
    let progress: JSONValue?
  }

  /// A try of a job that a worker runs.
  private struct Run: Hashable {
    let job: JobName
    let worker: WorkerName
  }

  /// More is no progress.
  private static let sizeLimit = 65_536

  let spool: Spool
  private var told: [Run: JSONValue?] = [:]

  init(_ spool: Spool) { self.spool = spool }

  var isEmpty: Bool { told.isEmpty }

  /// What is new since the last look.
  mutating func look() throws(SystemError) -> [State] {
    var states: [State] = []
    var found: [Run: JSONValue?] = [:]
    for worker in try spool.workers() {
      for job in try spool.jobs(of: worker) where try spool.beginning(of: job, by: worker) != nil {
        let run = Run(job: job, worker: worker)
        let progress = try progress(of: run)
        let known = told[run]
        // One that says nothing for a moment, since it writes, has not gone back to its beginning.
        found[run] = .some(progress ?? known ?? nil)
        guard known == nil || (progress != nil && known != .some(progress)) else { continue }
        states.append(
          State(
            id: job.id, worker: worker, pid: try spool.processID(of: worker), progress: progress))
      }
    }
    told = found
    return states
  }

  /// Nil for what is no JSON (yet): the file is the task's own, and may be anything.
  private func progress(of run: Run) throws(SystemError) -> JSONValue? {
    let path = try spool.progress(of: run.job.id, by: run.worker)
    guard let file = try? spool.files.open(path, .read),
      (try? file.status())?.kind == .regular,
      let bytes = try? file.readAll(limit: Self.sizeLimit)
    else { return nil }
    return try? JSONValue(parsing: bytes)
  }
}

extension Spool {
  /// That of a worker, which its lock holds; 0 where it has gone.
  func processID(of worker: WorkerName) throws(SystemError) -> Int {
    let bytes = try? files.openIfPresent(layout.lock(of: worker))?.readAll(limit: 32)
    let text = String(decoding: bytes ?? [], as: UTF8.self)
    return Int(text.filter(\.isNumber)) ?? 0
  }
}
