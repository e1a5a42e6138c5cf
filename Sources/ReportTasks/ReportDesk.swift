// SPDX-License-Identifier: MIT
import SupersetMetadata
import SystemCalls
import TaskContract

/// The place of one schedule among what the task remembers: who works on it now, and what became of the jobs before.
final class ReportDesk {
  /// Journals of jobs that have ended: more than a job that is done over after a crash can have behind it.
  private static let journalLimit = 200

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
    lock = try Self.lock("\(directory)/lock")
    guard lock != nil else {
      (journal, broken) = (nil, [])
      return
    }
    let name = "\(CacheKey.escaped(id))\(Self.ending)"
    var broken: [ReportJournal] = []
    let others = try files.names(in: directory).filter { $0.hasSuffix(Self.ending) }
    for other in others {
      let found = try ReportJournal.read(at: "\(directory)/\(other)")
      if let found, found.ending == nil { broken.append(found) }
    }
    self.broken = broken
    if others.count > Self.journalLimit {
      try Self.removeOld(others.filter { $0 != name }, in: directory)
    }
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

  /// Runs that were late come several at once, and most take seconds: to wait costs less than to leave one out.
  private static let patience: Duration = .seconds(10)

  private static func lock(_ path: String) throws(SystemError) -> LifeLock? {
    let end = SystemClock.monotonic() + patience.nanoseconds
    while true {
      // Tries for a fifth of a second.
      if let lock = try LifeLock.take(path) { return lock }
      guard SystemClock.monotonic() < end else { return nil }
    }
  }

  private static let ending = ".jsonl"

  /// Whether a run that ended so is not to be tried again.
  static func isWell(_ ending: String) -> Bool {
    ReportState(rawValue: ending).map { $0 != .error && $0 != .working } ?? false
  }

  /// Leaves the newer half. One of a run that broke off is among the newest: it has just been said of it.
  private static func removeOld(
    _ names: [String], in directory: String
  ) throws(SystemError) {
    let files = SystemFiles()
    var dated: [(path: String, modified: Timestamp)] = []
    for path in names.map({ "\(directory)/\($0)" }) {
      if let status = try files.status(of: path) { dated.append((path, status.modified)) }
    }
    dated.sort { $0.modified < $1.modified }
    for (path, _) in dated.dropLast(journalLimit / 2) { try files.unlinkIfPresent(path) }
  }
}
