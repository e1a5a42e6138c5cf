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
  /// outside → incoming: messages become jobs, all with the syncs of one.
  ///
  /// The job waits before its message goes: a crash in between leaves both, and whoever takes the message again finds the
  /// job, wherever it is by then.
  ///
  /// - Parameters:
  ///   - standing: after a start or an error, when any of them may have been accepted before; else nil.
  ///   - empty: directories that were looked at before.
  /// - Returns: them under the ids that they have now.
  @discardableResult
  package func accept(
    _ messages: [Message], besides standing: StandingJobs?,
    remembering empty: EmptyDirectories? = nil
  ) throws(SystemError) -> [Message] {
    var accepted: [Message] = []
    var written = WrittenFiles()
    var asides: [Asides] = []
    var taken: Set<JobID> = []
    let queues = try looked(at: Set(messages.map(\.queue)), empty)
    for message in messages {
      let message = try settled(message, besides: standing, taken, queues)
      taken.insert(message.id)
      accepted.append(message)
      asides.append(try writeAside(message, &written))
    }
    try written.makeDurable(files, of: layout.root)
    var directories: Set<String> = []
    for (index, aside) in asides.enumerated() {
      guard let job = aside.job else { continue }
      directories.insert(try drop(job, as: &accepted[index], &taken, queues).parentPath)
    }
    try files.syncDirectories(directories, of: layout.root)
    for (index, aside) in asides.enumerated() {
      accepted[index].isMarked = try putAway(accepted[index], aside.message)
    }
    if asides.contains(where: { $0.message != nil }) { try files.syncDirectory(layout.celery) }
    return accepted
  }

  /// What of a message is written before the sync: where nobody watches, since a name in incoming/ would be two events to the
  /// dispatcher.
  private struct Asides {
    var job: String?
    var message: String?
  }

  private func writeAside(
    _ message: Message, _ written: inout WrittenFiles
  ) throws(SystemError) -> Asides {
    var asides = Asides()
    if case .bytes(let bytes) = message.source, message.isKept {
      let aside = layout.message(of: message.id).asidePath
      written.note(try writeAside(bytes, as: aside, modified: message.since))
      asides.message = aside
    }
    if let job = message.job, !message.stood {
      let aside = layout.jobAside(of: message.id)
      written.note(try writeAside(job, as: aside))
      asides.job = aside
    }
    return asides
  }

  private func writeAside(
    _ bytes: [UInt8], as aside: String, modified: Timestamp? = nil
  ) throws(SystemError) -> OpenFile {
    let file = try createAside(aside)
    try files.write(bytes, to: file)
    if let modified { try files.setModified(file, to: modified) }
    return file
  }

  /// Files that are to be durable together; many are synced with everything else, and need not be open: a group may have a
  /// hundred thousand members.
  private struct WrittenFiles {
    private var files: [OpenFile] = []
    private var areMany = false

    mutating func note(_ file: OpenFile) {
      files.append(file)
      guard files.count > Durability.singleSyncLimit else { return }
      areMany = true
      files = []
    }

    func makeDurable(
      _ operations: any FileOperations, of root: String
    ) throws(SystemError) {
      if areMany { return try operations.syncFileSystem(of: root) }
      try operations.makeDurable(files, in: [], of: root)
    }
  }

  /// - Returns: where the job waits, under another id where another one of its id waits there.
  private func drop(
    _ aside: String, as message: inout Message, _ taken: inout Set<JobID>,
    _ queues: [QueueName: QueueLook]
  ) throws(SystemError) -> String {
    let first = message
    while true {
      let target = place(of: message, queues)
      do {
        // Commit point: the job waits.
        try files.rename(aside, to: target)
        return target
      } catch  where error.errno == .fileExists {
        message = try settled(first, besides: nil, taken, queues)
        taken.insert(message.id)
      }
    }
  }

  /// Removes what was written aside when a program was killed.
  ///
  /// - Important: to be called by the only one that accepts messages, before it does.
  package func sweepAsides() throws(SystemError) {
    for name in try files.names(in: layout.celery) where SpoolLayout.isMessageAside(name) {
      try files.unlinkIfPresent("\(layout.celery)/\(name)")
    }
  }

  /// What holds for all messages of a batch.
  private struct QueueLook {
    let isThere: Bool
    let hasErrors: Bool
    let hasRefusals: Bool
  }

  /// Asked once for a batch.
  private func looked(
    at queues: Set<QueueName>, _ empty: EmptyDirectories?
  ) throws(SystemError) -> [QueueName: QueueLook] {
    var looks: [QueueName: QueueLook] = [:]
    for queue in queues {
      looks[queue] = QueueLook(
        isThere: try isQueue(queue), hasErrors: try hasNames(.errors, queue, empty),
        hasRefusals: try hasNames(.corrupt, queue, empty))
    }
    return looks
  }

  private func hasNames(
    _ state: JobState, _ queue: QueueName, _ empty: EmptyDirectories?
  ) throws(SystemError) -> Bool {
    let directory = layout.directory(of: state, queue)
    guard let empty else { return true }
    guard try files.exists(directory) else { return false }
    return try !empty.contains(directory)
  }

  /// The message under the id that its job has, or is to have.
  ///
  /// Clients use an id again when they like: what it has led to before is another message's.
  private func settled(
    _ message: Message, besides standing: StandingJobs?, _ taken: Set<JobID>,
    _ queues: [QueueName: QueueLook]
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

  /// Whose the id is that a message would have; one that just waits under it is met when the job is dropped.
  private func occupant(
    of message: Message, besides standing: StandingJobs?, _ queues: [QueueName: QueueLook]
  ) throws(SystemError) -> Occupant {
    let look = queues[message.queue]
    var ends = [layout.result(message.id, in: message.queue), layout.message(of: message.id)]
    if look?.hasErrors != false { ends.append(layout.failure(message.id, in: message.queue)) }
    if look?.hasRefusals != false { ends.append(layout.refused(message.id, in: message.queue)) }
    for path in ends {
      guard let status = try files.status(of: path) else { continue }
      return standing != nil && status.modified >= message.since ? .itself : .another
    }
    guard let standing else { return .nobody }
    if standing.place(of: message.id, in: message.queue) != nil { return .itself }
    return standing.hasStray(message.id, attempt: message.attempt) ? .itself : .nobody
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
  private func place(of message: Message, _ queues: [QueueName: QueueLook]) -> String {
    let name = JobName(id: message.id, attempt: message.attempt)
    return queues[message.queue]?.isThere == true
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
