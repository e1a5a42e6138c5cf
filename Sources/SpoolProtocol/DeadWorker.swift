// SPDX-License-Identifier: MIT
import SystemCalls

/// A worker that is dead, and what is done with what it leaves.
///
/// - Important: to be used as the user of its folder: what stands there may be anything that its tasks have made.
package struct DeadWorker {
  package let spool: Spool
  package let name: WorkerName
  package let limits: ReclaimLimits
  package let report: Report

  package enum Ending {
    /// Nothing is left of it.
    case settled
    /// A process of its task still has to die.
    case dying
    /// It was only starting, or another one of this name has come to life.
    case alive
  }

  package init(
    _ name: WorkerName, of spool: Spool, within limits: ReclaimLimits, report: Report
  ) {
    self.name = name
    self.spool = spool
    self.limits = limits
    self.report = report
  }

  package func settle() throws(SystemError) -> Ending {
    guard try spool.files.exists(spool.layout.folder(of: name)) else { return .settled }
    if try spool.isSeparate(name) { try putInOrder() }
    guard let lock = try LifeLock.take(spool.layout.lock(of: name)) else { return .alive }
    defer { withExtendedLifetime(lock) {} }
    var ending = Ending.settled
    for job in try spool.jobs(of: name) {
      let path = spool.layout.active(job, of: name)
      if try LifeLock.isHeld(path) {
        // Nobody can collect what it does: it ends before its job may run again.
        let killed = try Descendants.killHolders(of: path)
        report("\(name) left \(killed) processes of \(job.id) behind: killed", .notice)
        ending = .dying
      } else {
        try reclaim(job)
      }
    }
    if case .settled = ending { try spool.sweep(name) }
    return ending
  }

  /// A task that owns the folder may have put anything in the place of its files, or taken its own rights to them away.
  private func putInOrder() throws(SystemError) {
    var places: [(String, FileStatus.Kind)] = [
      (spool.layout.lock(of: name), .regular), (spool.layout.trigger(of: name), .fifo),
      (spool.layout.ownLog(of: name), .regular),
    ]
    places += try spool.jobs(of: name).map { (spool.layout.active($0, of: name), .regular) }
    for (path, kind) in places {
      guard let status = try spool.files.status(of: path) else { continue }
      if status.kind != kind {
        report("\(path) is \(status.kind.rawValue): removed", .notice)
        try spool.files.removeTree(path)
      } else if status.permissions & 0o600 != 0o600 {
        try spool.files.openUp(path)
      }
    }
  }

  private func reclaim(_ job: JobName) throws(SystemError) {
    let now = SystemClock.now()
    let status = try spool.files.status(of: spool.layout.active(job, of: name))
    let started = try spool.beginning(of: job, by: name)
    let outcome = try spool.reclaim(job, of: name, within: limits, at: now)
    var record = AttemptRecord(
      job: job, worker: name, verdict: "crashed", place: .incoming, started: started, ended: now)
    record.queued = status?.modified
    record.message = "its worker died"
    switch outcome {
    case .givenBack, .finished: return
    case .tryAgain: break
    case .givenUp: record.place = .errors
    case .poison:
      record.verdict = "poison"
      record.place = .errors
    }
    report("\(name): \(job.id) \(record.verdict), attempt \(job.attempt)", .notice)
    // A line that cannot be written is told, not tried again: the log is no place of a job.
    do { try spool.log([record], of: name) } catch { report("\(error)", .error) }
  }
}
