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
    // A resident task may be at any of the jobs.
    let residentLock = spool.layout.residentLock(of: name)
    if try endOrphans(of: "its resident task", holding: residentLock) { return .dying }
    var ending = Ending.settled
    var failure: SystemError?
    for job in try spool.jobs(of: name) {
      do {
        if try !settle(job) { ending = .dying }
      } catch {
        // The other jobs shall not wait for this one.
        failure = error
      }
    }
    if let failure { throw failure }
    if case .settled = ending { try spool.sweep(name) }
    return ending
  }

  /// False while a process of its task still has to die.
  private func settle(_ job: JobName) throws(SystemError) -> Bool {
    let path = spool.layout.active(job, of: name)
    if try endOrphans(of: job.id.text, holding: path) { return false }
    try reclaim(job)
    return true
  }

  /// Nobody can collect what they do: they end before their job may run again. False where there are none.
  private func endOrphans(of owner: String, holding path: String) throws(SystemError) -> Bool {
    guard try LifeLock.isHeld(path) else { return false }
    let killed = try Descendants.killHolders(of: path)
    report("\(name) left \(killed) processes of \(owner) behind: killed", .notice)
    return true
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
