// SPDX-License-Identifier: MIT
import CeleryMessages
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// The directory that clients write to, which may hold anything.
final class MessageFolder {
  let path: String
  /// Whose mailbox is here as well, `celery@HOST`.
  let worker: String
  private let spool: Spool
  private let queues: Set<String>
  private let rules: IntakeRules
  private let report: Report
  /// What can neither be taken nor be moved away, and was told of.
  private var leftAlone: Set<String> = []
  /// Messages of tasks that are still to be looked at, in the order in which they were sent.
  private var tasks: ArraySlice<CeleryFileName> = []
  private var taken = TakenMessages()
  /// Jobs whose messages were taken back.
  private var purged: [TakenMessages.Job] = []
  /// Messages for workers that are still to be looked at.
  private var control: Set<CeleryFileName> = []

  init(
    _ spool: Spool, _ path: String, settings: CelerySettings, worker: String, rules: IntakeRules,
    report: Report
  ) {
    self.spool = spool
    self.path = path
    self.worker = worker
    queues = Set(settings.queues)
    self.rules = rules
    self.report = report
  }

  var isRead: Bool { tasks.isEmpty }

  /// Looks anew at what lies there, unless something of the last look is left.
  func look() throws(SystemError) {
    guard isRead else { return }
    let names = try spool.files.names(in: path)
    leftAlone.formIntersection(names)
    purged += taken.takeMissing(from: names)
    let found = names.filter { !leftAlone.contains($0) && !taken.contains($0) }
      .compactMap(CeleryFileName.init)
    // By number, not by text: a day more has a digit more.
    tasks = found.filter { queues.contains($0.queue) }.sorted()[...]
    control = Set(found.filter(isOurs))
  }

  private func isOurs(_ name: CeleryFileName) -> Bool { name.purpose == .control(worker: worker) }

  /// In the order in which they were sent.
  func takeControl() -> [CeleryFileName] {
    defer { control = [] }
    return control.sorted()
  }

  /// Looked at once more with whatever is looked at next.
  func keepControl(_ name: CeleryFileName) { control.insert(name) }

  func nextTask() -> CeleryFileName? { tasks.popFirst() }

  /// After an error, all is looked at again.
  func forgetLook() { tasks = [] }

  /// Whether this sighting says that there is something to look at.
  func calls(_ name: String) -> Bool {
    if taken.expected(name) { return false }
    if taken.contains(name) { return (try? spool.files.exists("\(path)/\(name)")) != true }
    guard let name = CeleryFileName(name) else { return false }
    // Who asks waits a second: not for all the tasks that came before.
    if isOurs(name) { control.insert(name) }
    return queues.contains(name.queue) || isOurs(name)
  }

  /// The message of this name is a job now; its name stays until the job has ended.
  func note(_ name: String, as id: JobID, in queue: QueueName) {
    taken.insert(name, TakenMessages.Job(id: id, queue: queue))
  }

  /// Nothing waits any more under this id.
  func remove(_ id: JobID, in queue: QueueName? = nil) throws(SystemError) {
    for name in taken.remove(id, in: queue) { try spool.files.unlinkIfPresent("\(path)/\(name)") }
  }

  func takePurged() -> [TakenMessages.Job] {
    defer { purged = [] }
    return purged
  }

  /// All whose names stand.
  var waiting: [TakenMessages.Job] { taken.all }

  enum Content {
    /// - Parameters:
    ///   - job: what it was made into before.
    ///   - since: when it was written.
    ///   - settlesAt: until then more of it may come.
    case bytes([UInt8], job: JobID?, since: Timestamp, settlesAt: Timestamp)
    case notYet(Timestamp)
    case gone
  }

  /// What is no file, or a large one, is put away.
  func read(_ name: String, at now: Timestamp) throws(SystemError) -> Content {
    do {
      guard let file = try spool.files.openIfPresent("\(path)/\(name)") else { return .gone }
      let status = try file.status()
      guard status.kind == .regular, status.size <= rules.sizeLimit else {
        reject(name, because: "it is no regular file, or a large one")
        return .gone
      }
      // kombu writes in place, and takes its lock only after it has made the name.
      let settlesAt = status.changed + rules.settlingTime
      if file.hasWriter() == true { return .notYet(max(settlesAt, now + .seconds(1))) }
      let bytes = try file.readAll(ofSize: status.size, limit: rules.sizeLimit + 1)
      // Only the kernel sets the one, its owner may set the other.
      let since = min(status.modified, status.changed)
      return .bytes(bytes, job: try spool.job(of: file), since: since, settlesAt: settlesAt)
    } catch  where error.errno == .tooManyLinks {
      reject(name, because: "it is a symbolic link")
    } catch  where !error.errno.isShortage {
      leaveAlone(name, "\(error)")
    }
    return .gone
  }

  /// Keeps what is no message in corrupt/incoming/, with the reason.
  func reject(_ name: String, because reason: String) {
    do {
      if let kept = try spool.rejectMessage(at: "\(path)/\(name)", because: reason) {
        report("\(kept): \(reason)", .warning)
      }
    } catch {
      // Tried again after the next start; the others shall not wait for it.
      leaveAlone(name, "\(error): \(reason)")
    }
  }

  private func leaveAlone(_ name: String, _ reason: String) {
    leftAlone.insert(name)
    let place = "\(path)/\(name)"
    report("\(place) is left alone: \(reason)", .warning)
  }
}
