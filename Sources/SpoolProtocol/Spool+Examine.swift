// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

extension Spool {
  /// Looks at one name in incoming/ (`queue` nil: in incoming/ itself) and changes nothing.
  ///
  /// Asking twice is harmless: events, scans and timers all end here.
  /// - Throws: only what is wrong with the machine; what is wrong with the file is an answer.
  package func examine(
    _ fileName: String, in queue: QueueName?, by rules: IntakeRules, at now: Timestamp
  ) throws(SystemError) -> Examination {
    let directory = directory(ofIncoming: queue)
    let path = "\(directory)/\(fileName)"
    if NameRule.isProducersOwn(fileName) { return .producersOwn }
    if queue == nil, fileName == SpoolLayout.readme { return .producersOwn }
    let file: OpenFile
    do {
      file = try files.open(path, .read)
    } catch  where error.errno == .noSuchFile {
      return .gone
    } catch  where !error.errno.isShortage {
      // A link, a socket, a secret of somebody else.
      guard let status = try files.status(of: path) else { return .gone }
      return .notAJob(reason: objection(to: status, by: rules) ?? "unreadable: \(error.errno)")
    }
    // Only the descriptor counts from here on: the name may be given to another file at any time.
    let opened = try file.status()
    if let reason = objection(to: opened, by: rules) { return .notAJob(reason: reason) }
    let reason = try rules.linkGuard?.objection(to: opened) { () throws(SystemError) in
      try files.status(of: directory)
    }
    if let reason { return .notAJob(reason: reason) }
    let settlesAt = max(opened.modified, opened.changed) + rules.settlingTime
    if file.hasWriter() == true {
      return .notYet(
        reason: "it is still being written", settlesAt: max(settlesAt, now + .seconds(1)))
    }
    guard let name = JobName(fileName: fileName) else {
      return .notAJob(reason: Self.objection(toJobFile: fileName))
    }
    let bytes = try file.readAll(ofSize: opened.size, limit: rules.sizeLimit + 1)
    return judge(
      bytes, Found(fileName, directory, name, queue, file, opened, rules),
      settlesAt: settlesAt, at: now)
  }

  /// A queue's directory of incoming/, or incoming/ itself.
  package func directory(ofIncoming queue: QueueName?) -> String {
    queue.map { layout.directory(of: .incoming, $0) } ?? layout.directory(of: .incoming)
  }

  /// The priority that a waiting job's file names, 0 to 9; the middle one for what names none or is no job.
  ///
  /// - Parameters:
  ///   - size: that of the regular file when it was last looked at.
  ///   - limit: bytes; what is larger is not read.
  package func priority(
    of path: String, size: Int, limit: Int = .max
  ) throws(SystemError) -> Int {
    do {
      guard let file = try files.openIfPresent(path) else { return Job.defaultPriority }
      let bytes = try file.readAll(ofSize: size, limit: limit)
      return (try? Job(skimming: bytes))?.priority ?? Job.defaultPriority
    } catch  where !error.errno.isShortage {
      return Job.defaultPriority
    }
  }

  /// A file that has been opened, before its content is known.
  private struct Found {
    let fileName: String
    let directory: String
    let name: JobName
    let queue: QueueName?
    let file: OpenFile
    let status: FileStatus
    let heir: Account?
    private let owner: uid_t?

    /// Nobody else can change it or keep its worker from it.
    var isItsWorkersAlone: Bool {
      status.linkCount == 1 && (owner.map { $0 == status.owner } ?? true)
    }

    init(
      _ fileName: String, _ directory: String, _ name: JobName, _ queue: QueueName?,
      _ file: OpenFile, _ status: FileStatus, _ rules: IntakeRules
    ) {
      heir = rules.heir
      owner = rules.heir?.user ?? rules.copier
      self.fileName = fileName
      self.directory = directory
      self.name = name
      self.queue = queue
      self.file = file
      self.status = status
    }
  }

  private func judge(
    _ bytes: [UInt8], _ found: Found, settlesAt: Timestamp, at now: Timestamp
  ) -> Examination {
    do {
      let job = try Job(skimming: bytes)
      guard let queue = job.task ?? found.queue else {
        return .notAJob(reason: "it lies in incoming/ itself and has no 'task' that names a queue")
      }
      return .ready(
        Candidate(
          fileName: found.fileName, directory: found.directory, name: found.name, queue: queue,
          job: job, file: found.file, status: found.status,
          sharedBytes: found.isItsWorkersAlone ? nil : bytes, heir: found.heir))
    } catch .incomplete {
      if now < settlesAt { return .notYet(reason: "it is incomplete", settlesAt: settlesAt) }
      return .notAJob(reason: "\(JobFormatError.incomplete), and it has not changed since")
    } catch {
      return .notAJob(reason: error.description)
    }
  }

  private func objection(to status: FileStatus, by rules: IntakeRules) -> String? {
    guard status.kind == .regular else { return "not a regular file but \(status.kind.rawValue)" }
    guard status.size <= rules.sizeLimit else {
      return "larger than the limit of \(rules.sizeLimit) bytes"
    }
    return nil
  }

  private static func objection(toJobFile fileName: String) -> String {
    NameRule.objection(to: fileName)
      ?? (fileName.hasSuffix(".json")
        ? "the id before .json ends in .json itself" : "the name does not end in .json")
  }
}
