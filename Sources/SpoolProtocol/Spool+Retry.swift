// SPDX-License-Identifier: MIT
import SystemCalls

extension Spool {
  /// active → deferred: the job is tried again at `due`, under the name of its next attempt.
  ///
  /// - Parameter report: why, for those who look at it meanwhile.
  package func retry(
    _ job: JobName, of worker: WorkerName, at due: Timestamp, because report: FailureReport? = nil
  ) throws(SystemError) {
    let source = layout.active(job, of: worker)
    // Called again after a failure below, it finds the job moved.
    _ = try moving(source) { () throws(SystemError) in
      if let report { note(report, at: source) }
      try files.setModified(source, to: due)
      // Commit point: the attempt is over, the job waits for its next one.
      try restoring(.deferred, of: worker.queue) { () throws(SystemError) in
        try move(source, to: .deferred, as: job.next, in: worker.queue)
      }
    }
    try files.syncDirectory(layout.directory(of: .deferred, worker.queue))
    try files.removeTree(layout.run(job.id, of: worker))
  }

  /// active → incoming: the job was not to blame and goes back as it was, the same attempt.
  package func giveBack(_ job: JobName, of worker: WorkerName) throws(SystemError) {
    let source = layout.active(job, of: worker)
    _ = try moving(source) { () throws(SystemError) in
      // Commit point: the job waits for another worker.
      try restoring(.incoming, of: worker.queue) { () throws(SystemError) in
        try returnToIncoming(source, as: job, in: worker.queue)
      }
    }
    try files.removeTree(layout.run(job.id, of: worker))
  }

  /// active → errors: the job failed for good. The reason is there before the job is.
  ///
  /// - Returns: the id under which it stands there; another one than its own where another failed job has that.
  @discardableResult
  package func bury(
    _ job: JobName, of worker: WorkerName, because report: FailureReport
  ) throws(SystemError) -> JobID {
    let source = layout.active(job, of: worker)
    var id = job.id
    // Called again after a failure below, it finds the job moved; or a person has removed it.
    if try files.exists(source) {
      id = try failedID(of: job, of: worker)
      try moveToErrors(source, as: id, because: report)
    } else if try !files.exists(layout.failed(id, in: worker.queue)) {
      try files.unlinkIfPresent(layout.failure(id, in: worker.queue))
    }
    // Only now: given back by a crash before, it would begin a second life without a person's word.
    try forgetAttempts(of: layout.failed(id, in: worker.queue))
    try files.syncDirectory(layout.directory(of: .errors, worker.queue))
    try files.removeTree(layout.run(job.id, of: worker))
    return id
  }

  private func moveToErrors(
    _ source: String, as id: JobID, because report: FailureReport
  ) throws(SystemError) {
    let queue = report.worker.queue
    var report = report
    report.job = JobName(id: id, attempt: report.job.attempt)
    report.notRun = try stepsAfter(id, at: source)
    try restoring(.errors, of: queue) { () throws(SystemError) in
      try files.publish(report.bytes, as: layout.failure(id, in: queue))
    }
    do {
      // Commit point: the job has failed.
      try files.rename(source, to: layout.failed(id, in: queue))
    } catch  where error.errno == .noSuchFile {
      // Removed by a person: its reason goes too.
      try files.unlinkIfPresent(layout.failure(id, in: queue))
    } catch  where error.errno == .fileExists {
      // Put there since we looked.
      throw SystemError("bury", source, .tryAgain)
    }
  }

  /// None also where the file has gone, is no job any more, or cannot be read: that it fails must not fail for that.
  private func stepsAfter(_ id: JobID, at path: String) throws(SystemError) -> [FollowUp] {
    do {
      guard let bytes = try files.openIfPresent(path)?.readAll() else { return [] }
      return (try? Job(parsing: bytes))?.chain(of: id) ?? []
    } catch  where !error.errno.isShortage {
      return []
    }
  }

  /// A person may have put another job into errors/ under this one's id while it ran; that one and its reason stay.
  private func failedID(of job: JobName, of worker: WorkerName) throws(SystemError) -> JobID {
    guard try files.exists(layout.failed(job.id, in: worker.queue)) else { return job.id }
    return try freeID(besidesRunning: job, of: worker)
  }

  /// An id for what a running job becomes, where another one has its own already.
  func freeID(
    besidesRunning job: JobName, of worker: WorkerName
  ) throws(SystemError) -> JobID {
    var running: Set<JobID> = []
    for other in try workers() where other.queue == worker.queue {
      running.formUnion(try jobs(of: other).map(\.id))
    }
    return try freeID(for: job.id, attempt: job.attempt, in: worker.queue, besides: "") {
      running.contains($0)
    }
  }

  /// active → nowhere: a person removed the job's file while it ran; its run goes too.
  package func abandon(_ job: JobName, of worker: WorkerName) throws(SystemError) {
    try files.removeTree(layout.run(job.id, of: worker))
  }

  /// Notes in the job's file that this attempt ended in a crash; returns how many have so far.
  ///
  /// An attribute goes with the file through every rename; where there is none, every attempt counts.
  package func noteCrash(of job: JobName, of worker: WorkerName) throws(SystemError) -> Int {
    let path = layout.active(job, of: worker)
    do {
      // A first attempt begins a new count: a person may have brought the job back from errors/.
      let known = job.attempt == 1 ? "" : try files.attribute(Self.crashAttribute, of: path) ?? ""
      // Attempts by number, so that noting the same crash twice counts once.
      let attempts = Set(known.split(separator: ",").map(String.init)).union(["\(job.attempt)"])
      let isKept = try files.setAttribute(
        Self.crashAttribute, of: path, to: attempts.sorted().joined(separator: ","))
      return isKept ? attempts.count : job.attempt
    } catch  where !error.errno.isShortage {
      // A person has taken it away meanwhile, or it is somebody else's: nothing can be noted.
      return job.attempt
    }
  }

  /// Goes with the file; a person's retry empties it.
  static let crashAttribute = "spool.crashes"
}
