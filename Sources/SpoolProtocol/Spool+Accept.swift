// SPDX-License-Identifier: MIT
import SystemCalls

/// A message of another transport, read, that is to become a job.
package struct Message: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    /// Where it lies.
    case file(String)
    /// It was made here, by what comes after another one.
    case bytes([UInt8])
  }

  package let source: Source
  /// The id that its job is to have; another one where that is taken.
  package internal(set) var id: JobID
  package let queue: QueueName
  /// Beyond 1 where its client has counted tries before.
  package let attempt: Int
  /// The job's content, an envelope; nil for a message that is kept, and is no job.
  package let job: [UInt8]?
  /// Whether it is kept until its client has been told of the end.
  package let isKept: Bool
  /// Nothing that came of it is older.
  package let since: Timestamp
  /// Once it is accepted: it had been before, and what followed it may have, too.
  package internal(set) var stood = false
  /// Once it is accepted: its name outside stays, marked, for as long as the job does.
  package internal(set) var isMarked = false

  package init(
    source: Source, id: JobID, queue: QueueName, attempt: Int = 1, job: [UInt8]?, isKept: Bool,
    since: Timestamp
  ) {
    self.source = source
    self.id = id
    self.queue = queue
    self.attempt = attempt
    self.job = job
    self.isKept = isKept
    self.since = since
  }
}

extension Spool {
  /// outside → incoming: messages become jobs, all with the syncs of one; a file is open for each.
  ///
  /// The job waits before its message goes: a crash in between leaves both, and whoever takes the message again finds the
  /// job, wherever it is by then.
  ///
  /// - Parameter standing: after a start or an error, when any of them may have been accepted before; else nil.
  /// - Returns: them under the ids that they have now.
  @discardableResult
  package func accept(
    _ messages: [Message], besides standing: StandingJobs?
  ) throws(SystemError) -> [Message] {
    var accepted: [Message] = []
    var written: [OpenFile] = []
    var targets: [String] = []
    var taken: Set<JobID> = []
    let queues = try existing(Set(messages.map(\.queue)))
    for message in messages {
      let message = try settled(message, besides: standing, taken, queues)
      taken.insert(message.id)
      accepted.append(message)
      guard !message.stood, let job = message.job else { continue }
      let target = place(of: message, queues)
      try files.unlinkIfPresent(target.asidePath)
      let file = try files.open(target.asidePath, .create)
      try files.write(job, to: file)
      written.append(file)
      targets.append(target)
    }
    try files.makeDurable(written, in: [], of: layout.root)
    for target in targets {
      // Commit point: the job waits.
      try files.rename(target.asidePath, to: target)
    }
    try files.syncDirectories(Set(targets.map(\.parentPath)), of: layout.root)
    for index in accepted.indices {
      accepted[index].isMarked = try putAway(accepted[index])
    }
    return accepted
  }

  /// Asked once for a batch.
  private func existing(_ queues: Set<QueueName>) throws(SystemError) -> Set<QueueName> {
    var found: Set<QueueName> = []
    for queue in queues where try isQueue(queue) { found.insert(queue) }
    return found
  }

  /// The message under the id that its job has, or is to have.
  ///
  /// Clients use an id again when they like: what it has led to before is another message's.
  private func settled(
    _ message: Message, besides standing: StandingJobs?, _ taken: Set<JobID>,
    _ queues: Set<QueueName>
  ) throws(SystemError) -> Message {
    var found = message
    _ = try Self.firstNumber { (number) throws(SystemError) -> Bool in
      found.id = number == 1 ? message.id : message.id.numbered(number)
      guard !taken.contains(found.id) else { return true }
      let occupant = try occupant(of: found, besides: standing, queues)
      found.stood = occupant == .itself
      return occupant == .another
    }
    return found
  }

  private enum Occupant { case nobody, itself, another }

  /// Whose the id is that a message would have.
  private func occupant(
    of message: Message, besides standing: StandingJobs?, _ queues: Set<QueueName>
  ) throws(SystemError) -> Occupant {
    let ends = [
      layout.result(message.id, in: message.queue), layout.failure(message.id, in: message.queue),
      layout.refused(message.id, in: message.queue), layout.message(of: message.id),
    ]
    for path in ends {
      guard let status = try files.status(of: path) else { continue }
      return standing != nil && status.modified >= message.since ? .itself : .another
    }
    if try files.exists(place(of: message, queues)) { return standing == nil ? .another : .itself }
    guard let standing else { return .nobody }
    if standing.place(of: message.id, in: message.queue) != nil { return .itself }
    return try standsAsStray(message.id, attempt: message.attempt) ? .itself : .nobody
  }

  /// Whether a job whose queue is not there is on its way to corrupt/, or there.
  package func standsAsStray(_ id: JobID, attempt: Int = 1) throws(SystemError) -> Bool {
    let name = JobName(id: id, attempt: attempt).fileName
    for directory in [layout.directory(of: .incoming), layout.corruptStrays] {
      if try files.exists("\(directory)/\(name)") { return true }
    }
    return false
  }

  /// In its queue; where there is none, in incoming/ itself: the dispatcher says why it cannot run.
  private func place(of message: Message, _ queues: Set<QueueName>) -> String {
    let name = JobName(id: message.id, attempt: message.attempt)
    return queues.contains(message.queue)
      ? layout.waiting(name, in: message.queue) : "\(layout.directory(of: .incoming))/\(name)"
  }
}

extension Spool {
  /// outside → corrupt: what is no message is kept byte for byte, the reason beside it.
  ///
  /// - Returns: where it is now; nil where its sender has taken it back.
  /// - Throws: also where it lies on another file system and is no file, or too large to be copied.
  package func rejectMessage(
    at path: String, because reason: String
  ) throws(SystemError) -> String? {
    guard let status = try files.status(of: path) else { return nil }
    let directory = layout.corruptStrays
    try files.makeDirectories(directory)
    let name = path.lastPathPart
    let target = try "\(directory)/\(corruptName(for: name, status, in: directory))"
    try publishReason(reason, for: name, beside: target)
    do {
      try files.rename(path, to: target)
    } catch  where error.errno == .crossDevice {
      try copyAway(path, status, to: target, error)
    } catch  where error.errno == .noSuchFile {
      try files.unlinkIfPresent(target + ".reason")
      return nil
    }
    return target
  }

  /// Bytes of what is copied from another file system; four times the largest job that is usual.
  private static let copyLimit = 64 << 20

  private func copyAway(
    _ path: String, _ status: FileStatus, to target: String, _ cause: SystemError
  ) throws(SystemError) {
    guard status.kind == .regular, status.size <= Self.copyLimit else {
      try files.unlinkIfPresent(target + ".reason")
      throw cause
    }
    try files.publish(try files.contents(of: path, limit: Self.copyLimit), as: target)
    try files.unlinkIfPresent(path)
  }
}
