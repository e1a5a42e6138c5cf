// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// An attempt after its end, before its job is settled.
struct EndedAttempt {
  var name: JobName
  let started: Timestamp
  let ended: Timestamp
  let endedMonotonic = SystemClock.monotonic()
  var end: ProcessEnd?
  var outputBytes: Int?
  /// Only for the log, as the size is.
  var queued: Timestamp?
  /// It was not run, since this job was.
  var original: JobID?
  var facts = RunFacts()

  init(name: JobName, started: Timestamp, ended: Timestamp) {
    self.name = name
    self.started = started
    self.ended = ended
  }

  init(_ attempt: Attempt, _ end: ProcessEnd) {
    self.init(name: attempt.name, started: attempt.started, ended: SystemClock.now())
    self.end = end
    queued = attempt.status.modified
    facts.isChained = !attempt.job.then.isEmpty
    facts.inode = attempt.status.inode
  }

  /// With what is known once its outcome is.
  func withLeavings(of attempt: Attempt) -> EndedAttempt {
    var copy = self
    copy.facts.hasFiles = attempt.hasFiles
    // Only for the log: a size that cannot be had is left out.
    copy.outputBytes = try? attempt.leavings.output.status().size
    return copy
  }

  /// The same under the id that its job has now, where that is another one.
  func named(_ id: JobID?) -> EndedAttempt {
    var copy = self
    if let id { copy.name = JobName(id: id, attempt: name.attempt) }
    return copy
  }

  /// Its line in log/jobs.jsonl.
  func record(_ outcome: Outcome, worker: WorkerName) -> AttemptRecord {
    var record = AttemptRecord(
      job: name, worker: worker, verdict: outcome.verdict, place: outcome.place, started: started,
      ended: ended)
    record.queued = queued
    record.exitStatus = outcome.failure?.exitStatus
    record.signal = outcome.failure?.signal
    record.message = outcome.failure?.message
    record.outputBytes = outputBytes
    record.userSeconds = end?.userSeconds
    record.systemSeconds = end?.systemSeconds
    record.peakMemoryBytes = end?.peakMemoryBytes
    guard case .finish = outcome else { return record }
    record.exitStatus = 0
    if let original {
      record.exitStatus = nil
      record.started = nil
      record.verdict = "duplicate"
      record.message = "\(original) was run instead"
    }
    return record
  }
}

extension Outcome {
  var failure: Failure? {
    switch self {
    case .finish, .giveBack, .cancelled: nil
    case .retry(let failure), .bury(let failure), .pauseQueue(let failure): failure
    }
  }

  var verdict: String {
    switch self {
    case .finish: "ok"
    case .giveBack: "given back"
    case .cancelled: "cancelled"
    case .retry(let failure), .bury(let failure), .pauseQueue(let failure): failure.verdict
    }
  }

  /// Where the job stands afterwards; nil where it is gone.
  var place: JobState? {
    switch self {
    case .finish: .results
    case .retry: .deferred
    case .bury: .errors
    case .pauseQueue, .giveBack: .incoming
    case .cancelled: nil
    }
  }
}
