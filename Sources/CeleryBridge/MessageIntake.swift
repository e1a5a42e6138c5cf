// SPDX-License-Identifier: MIT
import CeleryMessages
import SpoolProtocol
import SystemCalls

/// Takes messages out of the directory that Celery's clients write to, and makes jobs of them.
struct MessageIntake {
  /// As many as one sync is made for.
  private static let batchLimit = 64
  /// What Celery's beat sends every night, unasked.
  private static let cleanupTask = "celery.backend_cleanup"

  private let spool: Spool
  private let folder: String
  private let queues: Set<String>
  private let rules: IntakeRules
  private let hasResults: Bool
  private let report: Report
  /// Nothing is known of what was accepted before the start.
  private var areNew = false

  /// - Parameter hasResults: whether clients look for results.
  init(
    _ spool: Spool, folder: String, queues: [String], rules: IntakeRules, hasResults: Bool,
    report: Report
  ) {
    self.spool = spool
    self.folder = folder
    self.queues = Set(queues)
    self.rules = rules
    self.hasResults = hasResults
    self.report = report
  }

  /// What came of one look at all that lies there.
  struct Round {
    var accepted: [Message] = []
    /// A client's beat asks that old results be removed.
    var wantsCleanup = false
    /// When a message that is still being written is to be looked at again at the latest.
    var nextLook: Timestamp?
  }

  /// Takes all that can be taken, in the order in which it was sent.
  mutating func takeAll(at now: Timestamp) throws(SystemError) -> Round {
    var round = Round()
    var batch: [Message] = []
    for name in try names() {
      switch try look(name.name, at: now) {
      case .ready(let message): batch.append(message)
      case .notYet(let moment): round.nextLook = min(round.nextLook ?? moment, moment)
      case .cleanup: round.wantsCleanup = true
      case .gone: break
      }
      guard batch.count == Self.batchLimit else { continue }
      try accept(batch, &round)
      batch = []
    }
    if !batch.isEmpty { try accept(batch, &round) }
    areNew = true
    return round
  }

  private func accept(_ batch: [Message], _ round: inout Round) throws(SystemError) {
    try spool.accept(batch, areNew: areNew)
    round.accepted += batch
  }

  /// By number, not by text: a day more has a digit more.
  private func names() throws(SystemError) -> [CeleryFileName] {
    try spool.files.names(in: folder).compactMap(CeleryFileName.init)
      .filter { queues.contains($0.queue) }.sorted()
  }

  private enum Look {
    case ready(Message)
    case notYet(Timestamp)
    case cleanup
    case gone
  }

  private func look(_ name: String, at now: Timestamp) throws(SystemError) -> Look {
    let path = "\(folder)/\(name)"
    guard let file = try open(path) else { return .gone }
    let status = try file.status()
    guard status.kind == .regular, status.size <= rules.sizeLimit else {
      return try reject(path, because: "it is no regular file, or a large one")
    }
    // kombu writes in place, and takes its lock only after it has made the name.
    let settlesAt = max(status.modified, status.changed) + rules.settlingTime
    if file.hasWriter() == true { return .notYet(max(settlesAt, now + .seconds(1))) }
    let bytes = try file.readAll(ofSize: status.size, limit: rules.sizeLimit + 1)
    let message: CeleryMessage
    do { message = try CeleryMessage(parsing: bytes) } catch {
      if error == .incomplete, now < settlesAt { return .notYet(settlesAt) }
      return try reject(path, because: error.description)
    }
    return try take(message, at: path)
  }

  private func take(_ message: CeleryMessage, at path: String) throws(SystemError) -> Look {
    if message.task == Self.cleanupTask {
      try spool.files.unlinkIfPresent(path)
      return .cleanup
    }
    do { return .ready(try message.message(from: .file(path), hasResults: hasResults)) } catch {
      return try reject(path, because: error.description)
    }
  }

  /// Nil where it is gone; what cannot be read is not ours.
  private func open(_ path: String) throws(SystemError) -> OpenFile? {
    do { return try spool.files.openIfPresent(path) } catch  where !error.errno.isShortage {
      report("\(error)", .warning)
      return nil
    }
  }

  private func reject(_ path: String, because reason: String) throws(SystemError) -> Look {
    if let kept = try spool.rejectMessage(at: path, because: reason) {
      report("\(kept): \(reason)", .warning)
    }
    return .gone
  }
}
