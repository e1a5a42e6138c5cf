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
  /// Where messages come from that are sent here.
  struct Origin {
    /// The job that they follow; nil where there was none.
    let job: JobID?
    /// When the first of all was sent: nothing that came of it is older.
    let since: Timestamp
  }

  let spool: Spool
  /// Nil where clients look for no results.
  let results: ResultFolder?
  let report: Report
  var unlocks = ChordUnlocks()
  var revoked = RevokedTasks()
  /// Those whose jobs were nowhere to be found at the last look at all.
  private var missing: Set<JobID> = []
  /// After a start or an error anything may have been done before.
  private var areNew = false
  private var standing: StandingJobs?
  /// Those whose messages nobody needs any more.
  private var forgotten: [JobID] = []
  /// Those that may have been told before all the same, and are kept once more.
  private var suspects: Set<JobID> = []

  init(_ spool: Spool, results: ResultFolder?, report: Report) {
    self.spool = spool
    self.results = results
    self.report = report
  }

  /// Each of them is told, whatever happens to another one.
  ///
  /// - Returns: those that stand.
  @discardableResult
  mutating func tell(_ ends: Set<JobEnd>) throws(SystemError) -> [JobEnd] {
    var standing: [JobEnd] = []
    try Self.each(of: ends) { end throws(SystemError) in
      // Most jobs have no such end yet: nothing is read for them.
      guard try spool.files.exists(end.path(in: spool.layout)) else { return }
      standing.append(end)
      try tellStanding(end)
    }
    try goOn()
    return standing
  }

  /// Looks at all messages whose ends are not told, however long they have been there.
  ///
  /// - Returns: the jobs that stand, as they were looked for.
  @discardableResult
  mutating func tellAll() throws(SystemError) -> StandingJobs {
    let names = try spool.files.names(in: spool.layout.celery)
    let queues = Set(try spool.queues())
    let jobs = try spool.standingJobs()
    if !areNew { standing = jobs }
    var lost: Set<JobID> = []
    var (wholes, underWay): ([JobID], Set<String>) = ([], [])
    try Self.each(of: names) { name throws(SystemError) in
      guard let id = SpoolLayout.id(ofMessage: name), let message = try message(of: id),
        !unlocks.take(message, id)
      else { return }
      if let part = CeleryMapCall.Part(message) { underWay.insert(part.whole) }
      guard !Self.callsOthers(message) else { return wholes.append(id) }
      guard let queue = QueueName(message.task), queues.contains(queue) else {
        return try tellUnknown(message, id)
      }
      if try !tellWhereItStands(id, in: queue, jobs) { lost.insert(id) }
    }
    for id in wholes where !underWay.contains(id.text) { try adopt(id) }
    // A job that moves is not seen now and then; one that is not seen twice was removed.
    for id in lost.intersection(missing) { try tellRemoved(id) }
    missing = lost
    try goOn()
    // Not before: what chords have sent may stand as well.
    (areNew, standing) = (true, nil)
    return jobs
  }

  /// What was being sent when something failed may stand.
  mutating func distrust() { (areNew, standing) = (false, nil) }

  mutating func takeForgotten() -> [JobID] {
    defer { forgotten = [] }
    return forgotten
  }

  mutating func suspect(_ id: JobID) { suspects.insert(id) }

  /// What may have been sent before after this one; nil where nothing was.
  mutating func known(after id: JobID?) throws(SystemError) -> StandingJobs? {
    if areNew { return try id.map(suspects.contains) == true ? spool.standingJobs() : nil }
    let jobs = if let standing { standing } else { try spool.standingJobs() }
    standing = jobs
    return jobs
  }

  /// Goes on with the others after a failure, and then throws the first one.
  private static func each<Item>(
    of items: some Sequence<Item>, _ body: (Item) throws(SystemError) -> Void
  ) throws(SystemError) {
    var failure: SystemError?
    for item in items {
      do { try body(item) } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
  }

  mutating func adopt(_ id: JobID) throws(SystemError) {
    if let message = try message(of: id) { try adopt(message, id) }
  }

  func message(of id: JobID) throws(SystemError) -> CeleryMessage? {
    guard let file = try spool.files.openIfPresent(spool.layout.message(of: id)) else { return nil }
    return try? CeleryMessage(parsing: try file.readAll())
  }

  /// What follows the kept message of this job comes of it.
  func origin(_ id: JobID) throws(SystemError) -> Origin {
    let status = try spool.files.status(of: spool.layout.message(of: id))
    // Only the kernel sets the one, a client may set the other.
    let since = status.map { min($0.modified, $0.changed) } ?? SystemClock.now()
    return Origin(job: id, since: since)
  }

  /// Nobody waits for it any more.
  mutating func forget(_ id: JobID) throws(SystemError) {
    suspects.remove(id)
    forgotten.append(id)
    try spool.files.unlinkIfPresent(spool.layout.message(of: id))
  }
}

// MARK: one end

extension ResultTeller {
  /// - Returns: false where the job has not ended so.
  @discardableResult
  mutating func tell(_ end: JobEnd) throws(SystemError) -> Bool {
    guard try spool.files.exists(end.path(in: spool.layout)) else { return false }
    return try tellStanding(end)
  }

  @discardableResult
  private mutating func tellStanding(_ end: JobEnd) throws(SystemError) -> Bool {
    let path = end.path(in: spool.layout)
    guard let message = try message(of: end.id) else { return false }
    switch end.kind {
    case .result:
      guard let bytes = try content(of: path) else { return false }
      try succeed(message, end.id, (try? JSONValue(parsing: bytes)) ?? .null)
    case .failure:
      guard let bytes = try content(of: spool.layout.failure(end.id, in: end.queue)),
        let document = try? JSONValue(parsing: bytes)
      else { return false }
      try fail(message, end.id, JobFailure(document))
    case .refusal:
      let reason = try content(of: path + ".reason") ?? []
      let text = String(decoding: reason, as: UTF8.self).split(separator: "\n").first ?? ""
      let exception = CeleryException.taskError(String(text))
      try self.end(
        message, end.id, with: .failure(message.id, exception, traceback: nil, at: .now))
    }
    return true
  }

  private func content(of path: String) throws(SystemError) -> [UInt8]? {
    try spool.files.openIfPresent(path)?.readAll()
  }

  mutating func succeed(
    _ message: CeleryMessage, _ id: JobID, _ value: JSONValue
  ) throws(SystemError) {
    if let part = CeleryMapCall.Part(message) {
      // What follows this one may stand, and comes of the whole.
      if suspects.contains(id), let whole = JobID(part.whole) { suspect(whole) }
      try goOn(after: part)
      return try forget(id)
    }
    try succeed(message, id) { _ in (value, CelerySteps()) }
  }

  /// - Parameter work: gives its value, and what it has sent itself.
  mutating func succeed(
    _ message: CeleryMessage, _ id: JobID,
    by work: (CelerySteps.Origin) throws(CeleryMessageError) -> (JSONValue, CelerySteps)
  ) throws(SystemError) {
    var steps = CelerySteps()
    var value = JSONValue.null
    do {
      let origin = CelerySteps.Origin.after(message)
      (value, steps) = try work(origin)
      steps.append(try message.steps(after: value, from: origin))
    } catch {
      report("\(id): unable to go on after it: \(error)", .error)
    }
    var result = CeleryResult.success(message.id, value, at: .now)
    result.children = steps.children
    try send(steps.messages, from: try origin(id))
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

  /// The end of a job that does not go on but for its errbacks.
  mutating func end(
    _ message: CeleryMessage, _ id: JobID, with result: CeleryResult
  ) throws(SystemError) {
    try end(message, with: result, from: try origin(id))
    try forget(id)
  }

  /// The same of one that never was a job; the rest of its chain ends with it.
  mutating func end(
    _ message: CeleryMessage, with result: CeleryResult, from origin: Origin
  ) throws(SystemError) {
    if let part = CeleryMapCall.Part(message) { return try end(part, with: result) }
    try callErrbacks(of: message, because: result, from: origin)
    try store(result, of: message)
    for other in (try? message.failingSteps()) ?? [] {
      try fail(other, with: result, from: origin)
    }
  }

  /// What will never run has the same end.
  mutating func fail(
    _ message: CeleryMessage, with result: CeleryResult, from origin: Origin
  ) throws(SystemError) {
    try callErrbacks(of: message, because: result, from: origin)
    var same = result
    same.id = message.id
    same.children = []
    try store(same, of: message)
  }

  private mutating func callErrbacks(
    of message: CeleryMessage, because result: CeleryResult, from origin: Origin
  ) throws(SystemError) {
    guard result.state == .failure,
      let steps = try? message.errorSteps(from: .after(message))
    else { return }
    try send(steps.messages, from: origin)
  }

  mutating func store(
    _ result: CeleryResult, of message: CeleryMessage
  ) throws(SystemError) {
    guard message.hasResult else { return }
    try results?.tell(result.of(message))
    if result.state.isReady { unlocks.hear(of: message.id) }
  }

  /// No queue has its task's name: the dispatcher has said so, too.
  private mutating func tellUnknown(_ message: CeleryMessage, _ id: JobID) throws(SystemError) {
    guard try spool.standsAsStray(id, attempt: message.firstAttempt) else { return }
    try end(
      message, id,
      with: .failure(message.id, .notRegistered(message.task), traceback: nil, at: .now))
  }

  private mutating func tellRemoved(_ id: JobID) throws(SystemError) {
    guard let message = try message(of: id) else { return }
    try end(message, id, with: .revoked(message.id, "terminated", at: .now))
  }
}
