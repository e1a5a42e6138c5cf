// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// What the dispatcher knows of one worker.
final class WorkerSlot {
  let name: WorkerName
  /// Set where this dispatcher started it: then its end is reaped as well as seen.
  let child: ChildProcess?
  let process: OpenFile
  let started = SystemClock.monotonic()
  /// What stands in its folder.
  private(set) var jobs: [JobID: JobName] = [:]
  /// Those of them whose task has ended: the worker settles them now, or they are stuck in its folder.
  var endedJobs = 0
  private(set) var allowance = Allowance()
  /// It has been told to stop: it gets nothing more.
  var isStopping = false

  init(_ child: ChildProcess, name: WorkerName) {
    self.name = name
    self.child = child
    process = child.pidfd
  }

  /// A worker that an earlier dispatcher started.
  init(adopted process: OpenFile, name: WorkerName) {
    self.name = name
    self.process = process
    child = nil
  }

  var free: Int { isStopping ? 0 : max(0, allowance.jobs + endedJobs - jobs.count) }

  /// It has had the time to make what it listens at.
  var isSettledIn: Bool { SystemClock.monotonic() - started > 5_000_000_000 }

  /// Tells it to leave when its job has ended.
  func dismiss() {
    guard !isStopping else { return }
    isStopping = true
    process.sendToProcess(.terminate)
  }

  func feed(_ job: JobName) {
    if jobs.isEmpty { allowance.restart(at: SystemClock.monotonic()) }
    jobs[job.id] = job
  }

  /// Takes over what its folder holds now.
  func refresh(_ found: [JobName]) {
    let present = Set(found)
    let done = jobs.values.count { !present.contains($0) }
    allowance.note(done: done, at: SystemClock.monotonic())
    jobs = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    endedJobs = 0
  }
}

/// How many jobs a worker may have in its folder: so many that it does not wait for the dispatcher between short
/// jobs, and only one where jobs are long, so that none waits behind another while a second worker is idle.
struct Allowance: Hashable {
  /// A worker's stock should last about so long: some syncs of a busy disk, for which dispatcher and worker wait.
  static let horizon: Int64 = 200_000_000
  /// Two groups that a worker commits at once: one is run while the other is replaced.
  static let limit = 128

  private(set) var jobs = 1
  private var since: Int64 = 0
  private var done = 0.0

  mutating func restart(at now: Int64) {
    since = now
    done = 0
  }

  /// A worker tells of jobs in groups, whenever it commits: the time since its last group says little of the jobs in
  /// this one, so what is measured is the time since the folder was empty, the older half counting less and less.
  mutating func note(done count: Int, at now: Int64) {
    guard count > 0 else { return }
    done += Double(count)
    let each = max(1, Double(now - since) / done)
    jobs = Int(min(max(1, Double(Self.horizon) / each), Double(Self.limit)))
    guard now - since > Self.horizon else { return }
    since = now - (now - since) / 2
    done /= 2
  }
}
