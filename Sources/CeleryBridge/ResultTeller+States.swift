// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolProtocol
import SystemCalls

/// What clients are told before the end: RETRY, STARTED, PROGRESS.
extension ResultTeller {
  /// An attempt has failed, and another one follows.
  mutating func tell(_ retry: JobRetry) throws(SystemError) {
    guard let message = try message(of: retry.name.id),
      // Deferred by its eta, as its client has counted the tries before.
      retry.name.attempt > message.firstAttempt
    else { return }
    let path = spool.layout.deferred(retry.name, in: retry.queue)
    guard try spool.files.exists(path) else { return }
    let failure = JobFailure(try spool.lastFailure(at: path) ?? .null)
    let exception = failure.exception(of: message)
    try store(
      .retry(message.id, exception, traceback: failure.traceback(of: exception)), of: message)
  }

  /// Tells its end, or its last failure where it is to be tried again.
  ///
  /// - Returns: false for a job that is nowhere.
  mutating func tellWhereItStands(
    _ id: JobID, in queue: QueueName, _ jobs: StandingJobs
  ) throws(SystemError) -> Bool {
    for end in JobEnd.all(of: id, in: queue) where try tell(end) { return true }
    guard let place = jobs.place(of: id, in: queue) else { return false }
    if place.state == .deferred,
      let retry = JobRetry(JobName(id: id, attempt: place.attempt), in: queue)
    {
      try tell(retry)
    }
    return true
  }

  /// A run has begun, or says how far it is.
  mutating func tell(_ state: RunningJobs.State) throws(SystemError) {
    guard var message = try message(of: state.id) else { return }
    if let part = CeleryMapCall.Part(message), let whole = try whole(of: part) {
      message = whole.0
    }
    let result =
      state.progress.map { CeleryResult.progress(message.id, $0) }
      ?? .started(message.id, pid: state.pid, host: "\(state.worker)")
    try store(result, of: message)
  }

  /// What is older than this is no longer told.
  func removeExpired(after age: Duration) throws(SystemError) {
    let nanoseconds = SystemClock.now().nanoseconds - age.nanoseconds
    try results?.removeExpired(
      before: Timestamp(nanoseconds: nanoseconds), except: unlocks.awaited)
  }
}
