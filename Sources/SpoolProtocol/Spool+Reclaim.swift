// SPDX-License-Identifier: MIT
import SystemCalls

/// What became of a job whose worker died.
package enum Reclaimed: Hashable, Sendable {
  /// It had not been started: it waits again, the same attempt.
  case givenBack
  /// It was running: it waits for its next attempt.
  case tryAgain
  /// It brought its worker or its process down too often: it is in errors/.
  case poison(crashes: Int)
  /// It was running, and that was its last try: it is in errors/.
  case givenUp
  /// Its result had been published: it is done, and what was missing of the steps after it is enqueued.
  case finished
}

/// How often a queue lets a job be taken back.
package struct ReclaimLimits: Hashable, Sendable {
  /// A job that crashed so often is poison.
  package let crashes: Int
  /// Attempts in all; a job's own `retries` goes before it.
  package let tries: Int

  package init(crashes: Int, tries: Int) {
    self.crashes = crashes
    self.tries = tries
  }
}

extension Spool {
  /// active → incoming, results or errors: settles a job of a worker that is dead and whose task is dead.
  ///
  /// - Important: the caller holds the worker's lock and has seen that nobody holds the job's.
  package func reclaim(
    _ job: JobName, of worker: WorkerName, within limits: ReclaimLimits, at now: Timestamp
  ) throws(SystemError) -> Reclaimed {
    if try isFinished(job, of: worker) {
      try enqueueFollowUps(of: [job], of: worker)
      try forget(job, of: worker)
      return .finished
    }
    guard try files.exists(layout.run(job.id, of: worker)) else {
      try giveBack(job, of: worker)
      return .givenBack
    }
    let crashes = try noteCrash(of: job, of: worker)
    if crashes >= limits.crashes {
      let report = FailureReport.poison(job, of: worker, crashes: crashes, at: now)
      try bury(job, of: worker, because: report)
      return .poison(crashes: crashes)
    }
    let allowed = try self.tries(of: job, of: worker) ?? limits.tries
    if job.attempt >= allowed {
      let report = FailureReport(
        job: job, worker: worker, verdict: "crashed",
        message: "its worker died; given up after \(job.attempt) of \(allowed) tries", ended: now)
      try bury(job, of: worker, because: report)
      return .givenUp
    }
    // Commit point: the job waits for its next attempt.
    try restoring(.incoming, of: worker.queue) { () throws(SystemError) in
      try returnToIncoming(layout.active(job, of: worker), as: job.next, in: worker.queue)
    }
    try files.removeTree(layout.run(job.id, of: worker))
    return .tryAgain
  }

  /// How many tries the job itself allows, where it says so.
  private func tries(of job: JobName, of worker: WorkerName) throws(SystemError) -> Int? {
    let bytes = try files.contents(of: layout.active(job, of: worker))
    return (try? Job(parsing: bytes))?.retries.map { $0 + 1 }
  }

  /// Removes what a dead worker left besides jobs: runs without a job, hidden files of half-done moves.
  package func sweep(_ worker: WorkerName) throws(SystemError) {
    let folder = layout.folder(of: worker)
    let kept = [
      layout.lock(of: worker), layout.trigger(of: worker), layout.ownLog(of: worker),
      layout.takenLog(of: worker),
    ]
    for name in try files.names(in: folder) {
      let path = "\(folder)/\(name)"
      guard !kept.contains(path), JobName(fileName: name) == nil else { continue }
      try files.removeTree(path)
    }
  }
}
