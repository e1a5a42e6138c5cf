// SPDX-License-Identifier: MIT
import CeleryMessages
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// Takes messages out of the directory that Celery's clients write to, and makes jobs of them.
struct MessageIntake {
  /// As many as one sync is made for.
  private static let batchLimit = 256
  /// Bytes of jobs that wait in memory for that sync.
  private static let batchSizeLimit = 16 << 20
  /// After so many others are told of their ends.
  private static let roundLimit = 1024
  /// What Celery's beat sends every night, unasked.
  private static let cleanupTask = "celery.backend_cleanup"

  private let spool: Spool
  private let folder: MessageFolder
  private let settings: CelerySettings
  private let empty: EmptyDirectories
  /// Nothing is known of what was accepted before a start or an error.
  private var areNew = false
  private var standing: StandingJobs?

  init(_ spool: Spool, _ folder: MessageFolder, _ settings: CelerySettings) {
    self.spool = spool
    self.folder = folder
    self.settings = settings
    empty = EmptyDirectories(spool.files)
  }

  /// Without what it consists of: of a hundred thousand that is much.
  struct Kept {
    let id: JobID
    let queue: QueueName
    let isJob: Bool
    let stood: Bool
  }

  /// What came of one look at what lies there.
  struct Round {
    /// Those whose clients wait.
    var kept: [Kept] = []
    /// A client's beat asks that old results be removed.
    var wantsCleanup = false
    /// When the directory is to be looked at again at the latest.
    var nextLook: Timestamp?

    fileprivate mutating func look(at moment: Timestamp) {
      nextLook = min(nextLook ?? moment, moment)
    }
  }

  /// What was being accepted when something failed may stand.
  mutating func distrust() {
    (areNew, standing) = (false, nil)
    folder.forgetLook()
  }

  /// Takes what can be taken, in the order in which it was sent.
  ///
  /// - Parameter teller: tells of those that cannot become jobs.
  mutating func takeSome(
    at now: Timestamp, telling teller: inout ResultTeller
  ) throws(SystemError) -> Round {
    var round = Round()
    var batch: [Message] = []
    var (count, size) = (0, 0)
    while count < Self.roundLimit, let name = folder.nextTask() {
      switch try look(name.name, at: now, &teller) {
      case .ready(let message):
        batch.append(message)
        size += message.job?.count ?? 0
      case .notYet(let moment): round.look(at: moment)
      case .cleanup: round.wantsCleanup = true
      case .gone: break
      }
      count += 1
      guard batch.count == Self.batchLimit || size >= Self.batchSizeLimit else { continue }
      try accept(batch, &round)
      (batch, size) = ([], 0)
    }
    if !batch.isEmpty { try accept(batch, &round) }
    if folder.isRead { (areNew, standing) = (true, nil) } else { round.look(at: now) }
    return round
  }

  private mutating func accept(_ batch: [Message], _ round: inout Round) throws(SystemError) {
    if !areNew, standing == nil { standing = try spool.standingJobs() }
    for message in try spool.accept(batch, besides: standing, remembering: empty) {
      if message.isMarked, case .file(let path) = message.source {
        folder.note(path.lastPathPart, as: message.id, in: message.queue)
      }
      guard message.isKept else { continue }
      round.kept.append(
        Kept(
          id: message.id, queue: message.queue, isJob: message.job != nil, stood: message.stood))
    }
  }

  private enum Look {
    case ready(Message)
    case notYet(Timestamp)
    case cleanup
    case gone
  }

  private mutating func look(
    _ name: String, at now: Timestamp, _ teller: inout ResultTeller
  ) throws(SystemError) -> Look {
    switch try folder.read(name, at: now) {
    case .gone: return .gone
    case .notYet(let moment): return .notYet(moment)
    case .bytes(let bytes, let job, let since, let settlesAt):
      let message: CeleryMessage
      do { message = try CeleryMessage(parsing: bytes) } catch {
        if error == .incomplete, now < settlesAt { return .notYet(settlesAt) }
        folder.reject(name, because: error.description)
        return .gone
      }
      if let job, try adopt(name, job, of: message) { return .gone }
      return try take(message, name, since: since, &teller)
    }
  }

  /// What was accepted before the start: its name stays for as long as its job, or somebody who is to be told.
  ///
  /// - Returns: false where it cannot be so, and is a message like another one.
  private mutating func adopt(
    _ name: String, _ job: JobID, of message: CeleryMessage
  ) throws(SystemError) -> Bool {
    guard let queue = QueueName(message.task) else { return false }
    if standing == nil { standing = try spool.standingJobs() }
    folder.note(name, as: job, in: queue)
    let isKept = try spool.files.exists(spool.layout.message(of: job))
    if !isKept, standing?.place(of: job, in: queue) == nil { try folder.remove(job, in: queue) }
    return true
  }

  private func take(
    _ message: CeleryMessage, _ name: String, since: Timestamp, _ teller: inout ResultTeller
  ) throws(SystemError) -> Look {
    let path = "\(folder.path)/\(name)"
    if message.task == Self.cleanupTask {
      try spool.files.unlinkIfPresent(path)
      return .cleanup
    }
    // Its end is told before it goes: after a crash it is told again.
    let origin = ResultTeller.Origin(job: nil, since: since)
    if teller.isRevoked(message.id) {
      try teller.end(message, with: .revoked(message.id, "revoked", at: .now), from: origin)
      try spool.files.unlinkIfPresent(path)
      return .gone
    }
    do {
      return .ready(
        try message.message(
          from: .file(path), hasResults: settings.results != nil, options: settings.options,
          since: since))
    } catch {
      try teller.end(message, with: error.result(of: message), from: origin)
      folder.reject(name, because: error.description)
      return .gone
    }
  }
}
