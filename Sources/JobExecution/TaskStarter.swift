// SPDX-License-Identifier: MIT
import JSONValues
import SpoolConfiguration
import SpoolProtocol
import SystemCalls
import TaskContract

/// Starts a task on a job as spool-task(7) says.
struct TaskStarter {
  let spool: Spool
  let worker: WorkerName
  let settings: QueueSettings
  let executables: TaskExecutables
  /// `NAME=value` each: what the worker itself was started with.
  let environment: [String]
  let spares = SpareRuns()

  enum Start {
    case running(Attempt)
    /// The task could not be started, and a further try would not change it.
    case unable(Failure)
    /// Another job has begun since this one was dropped, under the same key.
    case duplicate(Duplicate)
    /// The job's file is gone.
    case gone
  }

  /// - Throws: what is wrong with the machine; the job stays where it is.
  func start(_ name: JobName, at now: Timestamp) throws(SystemError) -> Start {
    let path = spool.layout.active(name, of: worker)
    guard let file = try spool.files.openIfPresent(path) else { return .gone }
    guard try file.tryLock() else { throw SystemError("lock", path, .tryAgain) }
    let bytes = try file.readAll()
    let job: Job
    do {
      job = try Job(parsing: bytes)
    } catch {
      return .unable(Failure(verdict: "bad input", message: "not a job: \(error)"))
    }
    if let expiry = try spool.expiry(of: job, at: path), expiry <= now {
      let end = name.attempt == 1 ? "started" : "tried again"
      return .unable(
        Failure(
          verdict: "expired", message: "it expired at \(expiry.iso8601), before it was \(end)"))
    }
    guard let executable = try executables.path(of: worker.queue.text) else {
      let places = executables.directories.joined(separator: ", ")
      return .unable(
        Failure(
          verdict: Verdict.notFound.word, message: "no executable \(worker.queue) in \(places)",
          exitStatus: Verdict.notFound.rawValue))
    }
    if let original = try spool.begunInstead(of: name, job, by: worker) {
      return .duplicate(Duplicate(job, name.id, of: original, in: worker.queue))
    }
    return try launch(executable, job, name, file, at: now)
  }

  private func launch(
    _ executable: String, _ job: Job, _ name: JobName, _ file: OpenFile, at now: Timestamp
  ) throws(SystemError) -> Start {
    let limits = TimeLimits(
      of: job, queueSoft: settings.softTimeLimit, queueHard: settings.timeLimit)
    let run = try spool.begin(name, of: worker, from: spares)
    var plan = ChildPlan(
      executable,
      environment: environment + variables(name, run, deadline: now + limits.soft))
    plan.directory = run.directory
    plan.descriptors = [try input(of: job, name, file), run.output, run.log, file]
    plan.diesWithParent = true
    plan.ownGroup = true
    plan.limits = ResourceLimits(of: settings)
    do {
      let child = try ChildProcess.start(plan)
      return .running(
        Attempt(job, name, run: run, file: file, child: child, limits: limits, started: now))
    } catch {
      guard let verdict = Self.verdict(for: error.errno) else { throw error }
      return .unable(
        Failure(verdict: verdict.word, message: "\(error)", exitStatus: verdict.rawValue))
    }
  }

  /// A bare job's own file, from its start; an envelope's arguments are written out.
  private func input(
    of job: Job, _ name: JobName, _ file: OpenFile
  ) throws(SystemError) -> OpenFile {
    guard !job.isBare else {
      // A description of its own: reading must not move the one that carries the lock.
      return try spool.files.open(file.path, .read)
    }
    let path = spool.layout.runInput(name.id, of: worker)
    try spool.files.write(
      JSONValue.object(job.input).bytes, to: try spool.files.open(path, .create))
    return try spool.files.open(path, .read)
  }

  private func variables(_ name: JobName, _ run: Run, deadline: Timestamp) -> [String] {
    let values: [(TaskVariable, String)] = [
      (.spool, spool.layout.root), (.queue, worker.queue.text), (.jobID, name.id.text),
      (.attempt, String(name.attempt)), (.worker, worker.description),
      (.cache, spool.layout.cache), (.configuration, spool.layout.configuration),
      (.files, run.filesDirectory), (.deadline, String(Int(deadline.seconds))),
    ]
    return values.map { "\($0.0.rawValue)=\($0.1)" }
  }

  /// What execve(2) says of the executable itself; nil for what the machine is short of.
  private static func verdict(for errno: Errno) -> Verdict? {
    switch errno {
    case .noSuchFile: .notFound
    case .accessDenied, .badExecutable, .isADirectory, .notADirectory, .notPermitted: .notExecutable
    default: nil
    }
  }
}
