// SPDX-License-Identifier: MIT
import SupersetMetadata
import SystemCalls
import TaskContract

/// The place of one schedule among what the task remembers: who works on it now, and what became of the jobs before.
final class ReportDesk {
  /// Journals of jobs that nobody runs any more are kept so long: whatever is tried again, is by then.
  static let keptFor: Duration = .seconds(7 * 86_400)

  /// Nil where another process works on the schedule.
  let journal: ReportJournal?
  /// The journals of jobs that broke off.
  let broken: [ReportJournal]
  private let lock: LifeLock?

  /// - Parameters:
  ///   - state: the task's directory.
  ///   - id: of the job, whose attempts share a journal.
  ///   - run: what a new run is called.
  init(
    in state: String, of job: ReportJob, named id: String, run: String, _ now: Timestamp
  ) throws(SystemError) {
    let files = SystemFiles()
    let directory = "\(state)/\(job.schedule)"
    try files.makeDirectories(directory)
    lock = try LifeLock.take("\(directory)/lock")
    guard lock != nil else {
      (journal, broken) = (nil, [])
      return
    }
    let name = "\(CacheKey.escaped(id))\(Self.ending)"
    var broken: [ReportJournal] = []
    for other in try files.names(in: directory) where other.hasSuffix(Self.ending) {
      let path = "\(directory)/\(other)"
      if let found = try ReportJournal.read(at: path), found.ending == nil { broken.append(found) }
      if other != name, try Self.isOld(path, now) { try files.unlinkIfPresent(path) }
    }
    self.broken = broken
    let path = "\(directory)/\(name)"
    // A first attempt is a new job, also under a name that another one had.
    if job.attempt > 1, let known = try ReportJournal.read(at: path) {
      journal = known
      if known.ending.map(Self.isWell) != true { try known.noteResumption() }
    } else {
      journal = try ReportJournal.begin(
        at: path, run: run, scheduled: job.scheduled, now)
    }
  }

  private static let ending = ".jsonl"

  /// Whether a run that ended so is not to be tried again.
  static func isWell(_ ending: String) -> Bool {
    ReportState(rawValue: ending).map { $0 != .error && $0 != .working } ?? false
  }

  private static func isOld(_ path: String, _ now: Timestamp) throws(SystemError) -> Bool {
    guard let status = try SystemFiles().status(of: path) else { return false }
    return now - status.modified > keptFor
  }
}
