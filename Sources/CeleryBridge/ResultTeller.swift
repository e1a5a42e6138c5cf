// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolProtocol
import SystemCalls

/// Tells Celery's clients of the ends of their jobs, and sends what follows them.
///
/// What follows waits before the result is told, and the result stands before the message goes: after a crash all of it is
/// done again, and what stands already is found.
struct ResultTeller {
  let spool: Spool
  /// Nil where clients look for no results.
  let results: ResultFolder?
  let report: Report
  var unlocks = ChordUnlocks()
  /// Those whose jobs were nowhere to be found at the last look at all.
  private var missing: Set<JobID> = []
  /// After a start anything may have been done before.
  private(set) var areNew = false

  init(_ spool: Spool, results: ResultFolder?, report: Report) {
    self.spool = spool
    self.results = results
    self.report = report
  }

  mutating func tell(_ ends: Set<JobEnd>) throws(SystemError) {
    for end in ends { try tell(end) }
    try goOn()
  }

  /// Looks at all messages whose ends are not told, however long they have been there.
  mutating func tellAll() throws(SystemError) {
    let queues = try spool.queues()
    var lost: Set<JobID> = []
    for name in try spool.files.names(in: spool.layout.celery) {
      guard let id = SpoolLayout.id(ofMessage: name), let message = try message(of: id) else {
        continue
      }
      if unlocks.take(message, id) { continue }
      guard let queue = QueueName(message.task), queues.contains(queue) else {
        try tellUnknown(message, id)
        continue
      }
      var isTold = false
      for kind in JobEnd.Kind.allCases where !isTold {
        isTold = try tell(JobEnd(kind: kind, queue: queue, id: id))
      }
      if !isTold, try !tellWhereItStands(id, in: queue) { lost.insert(id) }
    }
    // A job that moves is not seen now and then; one that is not seen twice was removed.
    for id in lost.intersection(missing) { try tellRemoved(id) }
    missing = lost
    areNew = true
    try goOn()
  }

  /// A chord's second half has come.
  mutating func adoptUnlock(_ id: JobID) throws(SystemError) {
    if let message = try message(of: id) { _ = unlocks.take(message, id) }
  }

  func message(of id: JobID) throws(SystemError) -> CeleryMessage? {
    guard let file = try spool.files.openIfPresent(spool.layout.message(of: id)) else { return nil }
    return try? CeleryMessage(parsing: try file.readAll())
  }

  /// Nobody waits for it any more.
  func forget(_ id: JobID) throws(SystemError) {
    try spool.files.unlinkIfPresent(spool.layout.message(of: id))
  }
}

// MARK: one end

extension ResultTeller {
  /// - Returns: false where the job has not ended so.
  @discardableResult
  private mutating func tell(_ end: JobEnd) throws(SystemError) -> Bool {
    guard let message = try message(of: end.id) else { return false }
    let layout = spool.layout
    switch end.kind {
    case .result:
      guard let bytes = try content(of: layout.result(end.id, in: end.queue)) else { return false }
      try succeed(message, end.id, (try? JSONValue(parsing: bytes)) ?? .null)
    case .failure:
      // The reason is there before the job is.
      guard try spool.files.exists(layout.failed(end.id, in: end.queue)),
        let bytes = try content(of: layout.failure(end.id, in: end.queue)),
        let document = try? JSONValue(parsing: bytes)
      else { return false }
      try fail(message, end.id, JobFailure(document))
    }
    return true
  }

  private func content(of path: String) throws(SystemError) -> [UInt8]? {
    try spool.files.openIfPresent(path)?.readAll()
  }

  private mutating func succeed(
    _ message: CeleryMessage, _ id: JobID, _ value: JSONValue
  ) throws(SystemError) {
    var result = CeleryResult.success(message.id, value, at: .now)
    let steps: CelerySteps
    do { steps = try message.steps(after: value, from: .after(message)) } catch {
      report("\(id): unable to go on after it: \(error)", .error)
      steps = CelerySteps()
    }
    result.children = steps.children
    try send(steps.messages)
    try store(result, of: message)
    try forget(id)
  }

  private mutating func fail(
    _ message: CeleryMessage, _ id: JobID, _ failure: JobFailure
  ) throws(SystemError) {
    let exception = failure.exception(of: message)
    let result =
      failure.hasExpired
      ? CeleryResult.revoked(message.id, "expired", at: .now)
      : CeleryResult.failure(
        message.id, exception, traceback: failure.traceback(of: exception), at: .now)
    try end(message, id, with: result)
  }

  /// The end of a job that does not go on but for its errbacks; the rest of its chain ends with it.
  mutating func end(
    _ message: CeleryMessage, _ id: JobID, with result: CeleryResult
  ) throws(SystemError) {
    try callErrbacks(of: message, because: result)
    try store(result, of: message)
    for other in (try? message.failingSteps()) ?? [] { try fail(other, with: result) }
    try forget(id)
  }

  /// What will never run has the same end.
  mutating func fail(_ message: CeleryMessage, with result: CeleryResult) throws(SystemError) {
    try callErrbacks(of: message, because: result)
    var same = result
    same.id = message.id
    same.children = []
    try store(same, of: message)
  }

  private mutating func callErrbacks(
    of message: CeleryMessage, because result: CeleryResult
  ) throws(SystemError) {
    guard result.state == .failure,
      let steps = try? message.errorSteps(from: .after(message))
    else { return }
    try send(steps.messages)
  }

  mutating func store(
    _ result: CeleryResult, of message: CeleryMessage
  ) throws(SystemError) {
    guard !message.ignoreResult else { return }
    try results?.tell(result.of(message))
    unlocks.hear(of: message.id)
  }

  /// No queue has its task's name: the dispatcher has said so, too.
  private mutating func tellUnknown(_ message: CeleryMessage, _ id: JobID) throws(SystemError) {
    guard try spool.standsAsStray(id, attempt: message.firstAttempt) else { return }
    let exception = CeleryException(
      type: "NotRegistered", arguments: [.string(message.task)], module: "celery.exceptions")
    try end(message, id, with: .failure(message.id, exception, traceback: nil, at: .now))
  }

  /// A job that waits is given up, one that runs only where its client wants it ended.
  mutating func revoke(_ revocation: ControlMailbox.Revocation) throws(SystemError) {
    let id = CeleryMessage(task: "", id: revocation.taskID).jobID
    for place in try spool.locate(id) {
      let isRunning = place.state == .active
      guard ![.results, .errors, .corrupt].contains(place.state),
        !isRunning || revocation.terminates, try spool.cancel(place)
      else { continue }
      guard let message = try message(of: id) else { continue }
      let reason = isRunning ? "terminated" : "revoked"
      try end(message, id, with: .revoked(message.id, reason, at: .now))
    }
  }

  private mutating func tellRemoved(_ id: JobID) throws(SystemError) {
    guard let message = try message(of: id) else { return }
    try end(message, id, with: .revoked(message.id, "terminated", at: .now))
  }
}
