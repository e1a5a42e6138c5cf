// SPDX-License-Identifier: MIT
import SupersetMetadata
import SystemCalls
import TaskContract

/// The place of one schedule among what the task remembers: who works on it now, and what became of the jobs before.
final class ReportDesk {
  /// Journals of jobs that have ended: more than a job that is done over after a crash can have behind it.
  private static let journalLimit = 200

  /// Of the job; nil before ``begin()``, unless an attempt before has left it, and where another process works on the schedule.
  private(set) var journal: ReportJournal?
  /// The journals of runs that broke off: of this job's own attempts, too.
  let broken: [ReportJournal]
  private let job: ReportJob
  private let directory: String
  private let name: String
  private let others: [String]
  private let lock: LifeLock?

  /// - Parameters:
  ///   - state: the task's directory.
  ///   - id: of the job, whose attempts share a journal.
  init(in state: String, of job: ReportJob, named id: String) throws(SystemError) {
    let files = SystemFiles()
    directory = "\(state)/\(job.schedule)"
    let name = "\(CacheKey.escaped(id))\(Self.ending)"
    (self.job, self.name) = (job, name)
    try files.makeDirectories(directory)
    lock = try Self.lock("\(directory)/lock")
    guard lock != nil else {
      (journal, broken, others) = (nil, [], [])
      return
    }
    others = try files.names(in: directory).filter { $0.hasSuffix(Self.ending) && $0 != name }
    let known = try ReportJournal.read(at: "\(directory)/\(name)")
    var journals = known.map { [$0] } ?? []
    for other in others {
      if let found = try ReportJournal.read(at: "\(directory)/\(other)") { journals.append(found) }
    }
    broken = journals.filter { $0.ending == nil }
    journal = known.flatMap { Self.isContinued($0, by: job) ? $0 : nil }
  }

  /// Another process works on the schedule.
  var isBusy: Bool { lock == nil }

  /// A first attempt is a new job, also under a name that another one had; but for one that a person has moved back after it
  /// had failed, which is still to be run for the same time.
  private static func isContinued(_ known: ReportJournal, by job: ReportJob) -> Bool {
    guard job.attempt == 1 else { return true }
    return job.isTimed && known.scheduled == job.scheduled && known.ending.map(isWell) != true
  }

  /// From here on it is seen if this attempt breaks off; what broke off before must have been told of.
  ///
  /// - Parameter run: what a new run is called.
  func begin(_ run: String, _ now: Timestamp) throws(SystemError) {
    guard !isBusy else { return }
    if others.count > Self.journalLimit { try Self.removeOld(others, in: directory) }
    if let journal {
      try journal.noteResumption()
    } else {
      journal = try ReportJournal.begin(
        at: "\(directory)/\(name)", run: run, scheduled: job.scheduled, now)
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

  /// Leaves the newer half.
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
