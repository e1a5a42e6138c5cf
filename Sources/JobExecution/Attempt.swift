// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// One run of a task, from its start to its end.
final class Attempt {
  let job: Job
  let name: JobName
  let leavings: Leavings
  /// Locked; the task holds the same lock through its descriptor 3.
  let file: OpenFile
  /// The file as it stood there at the start.
  let status: FileStatus
  let child: ChildProcess
  let started: Timestamp
  /// Nanoseconds of the monotonic clock.
  let softLimit: Int64
  let hardLimit: Int64

  /// Whether the worker's loop tells of its end; nil before it has been asked to.
  var isAttended: Bool?
  /// False once it is known that it has left no files.
  var hasFiles = true
  /// Why the task was told to end, if it was; the first reason counts.
  private(set) var ending: Ending?
  /// Monotonic; when SIGKILL follows the SIGTERM of a cancelled job.
  private(set) var killAt: Int64?

  /// What a cancelled task has to clean up after itself.
  static let grace: Duration = .seconds(5)

  enum Ending: Equatable {
    case softLimit, hardLimit, cancelled, stopped
  }

  /// Where the task leaves what it has to say.
  enum Leavings {
    case run(Run)
    case resident(Hearing)

    /// What becomes the result.
    var output: OpenFile {
      switch self {
      case .run(let run): run.output
      case .resident(let hearing): hearing.output
      }
    }
  }

  /// A resident task at one job.
  struct Hearing {
    let task: ResidentTask
    let output: OpenFile
    /// What had been logged, and used, before this job.
    let logStart: Int
    let usedBefore: ProcessUsage.Snapshot
  }

  init(_ order: JobOrder, _ leavings: Leavings, child: ChildProcess, started: Timestamp) {
    job = order.job
    name = order.name
    file = order.file
    status = order.status
    self.leavings = leavings
    self.child = child
    self.started = started
    let now = SystemClock.monotonic()
    softLimit = now + order.limits.soft.nanoseconds
    hardLimit = now + order.limits.hard.nanoseconds
  }

  /// Asks the task to end, or ends it and its whole group.
  func end(_ reason: Ending) {
    // A soft limit that leads to the hard one is a hard one; a cancelled job stays cancelled.
    if ending == nil || ending == .softLimit { ending = reason }
    switch reason {
    case .softLimit: child.sendToGroup(.terminate)
    case .hardLimit, .stopped: child.sendToGroup(.kill)
    case .cancelled:
      child.sendToGroup(.terminate)
      killAt = SystemClock.monotonic() + Self.grace.nanoseconds
    }
  }

  /// Gives the lock of the job back: its task and all that it left behind are dead.
  func release() {
    // Closing the descriptor does the same a little later.
    try? file.unlock()
  }

  /// Sends what the time that has passed asks for.
  func checkLimits(at now: Int64) {
    if let killAt, now >= killAt { child.sendToGroup(.kill) }
    if now >= hardLimit {
      if ending != .hardLimit { end(.hardLimit) }
    } else if now >= softLimit, ending == nil {
      end(.softLimit)
    }
  }
}

/// Seconds after which a task is asked to end, and after which it is ended.
struct TimeLimits {
  let soft: Duration
  let hard: Duration

  /// What the job asks for may only shorten what the queue allows.
  init(of job: Job, queueSoft: Duration, queueHard: Duration) {
    hard = min(job.timeLimit.map { .seconds($0) } ?? queueHard, queueHard)
    soft = min(job.softTimeLimit.map { .seconds($0) } ?? queueSoft, queueSoft, hard)
  }
}
