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
  let memory: WorkerMemory

  enum Look {
    case ready(JobOrder)
    /// It cannot be run, and a further try would not change that.
    case unable(Failure)
    /// Another job has begun since this one was dropped, under the same key.
    case duplicate(Duplicate)
    /// The job's file is gone.
    case gone
  }

  /// Locks a job and looks what it asks for.
  ///
  /// - Throws: what is wrong with the machine; the job stays where it is.
  func look(at name: JobName, at now: Timestamp) throws(SystemError) -> Look {
    let path = spool.layout.active(name, of: worker)
    guard let file = try spool.files.openIfPresent(path) else { return .gone }
    guard try file.tryLock() else { throw SystemError("lock", path, .tryAgain) }
    let status = try file.status()
    let bytes = try file.readAll(ofSize: status.size)
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
    guard let executable = try executables.find(worker.queue.text) else {
      let places = executables.directories.joined(separator: ", ")
      return .unable(
        Failure(
          verdict: Verdict.notFound.word, message: "no executable \(worker.queue) in \(places)",
          exitStatus: Verdict.notFound.rawValue))
    }
    if let original = try spool.begunInstead(of: name, job, by: worker) {
      return .duplicate(Duplicate(job, name.id, of: original, in: worker.queue))
    }
    let limits = TimeLimits(
      of: job, queueSoft: settings.softTimeLimit, queueHard: settings.timeLimit)
    return .ready(
      JobOrder(
        name: name, job: job, bytes: bytes, file: file, status: status, executable: executable,
        limits: limits))
  }

  enum Start {
    case running(Attempt)
    case unable(Failure)
  }

  /// Starts the task in a process of its own.
  func launch(_ order: JobOrder, at now: Timestamp) throws(SystemError) -> Start {
    let run = try spool.begin(order.name, of: worker, from: memory.spares)
    var plan = ChildPlan(
      order.executable.path,
      environment: environment
        + variables(order, run, deadline: now + order.limits.soft).map(Self.setting))
    plan.directory = run.directory
    plan.descriptors = [try input(of: order), run.output, run.log, order.file]
    plan.diesWithParent = true
    plan.ownGroup = true
    plan.limits = ResourceLimits(of: settings)
    switch try start(plan) {
    case .started(let child):
      return .running(Attempt(order, .run(run), child: child, started: now))
    case .unable(let failure): return .unable(failure)
    }
  }

  enum ProcessStart {
    case started(ChildProcess)
    case unable(Failure)
  }

  func start(_ plan: ChildPlan) throws(SystemError) -> ProcessStart {
    do {
      return .started(try ChildProcess.start(plan))
    } catch {
      guard let verdict = Self.verdict(for: error.errno) else { throw error }
      return .unable(
        Failure(verdict: verdict.word, message: "\(error)", exitStatus: verdict.rawValue))
    }
  }

  /// A bare job's own file, from its start; an envelope's arguments are written out.
  private func input(of order: JobOrder) throws(SystemError) -> OpenFile {
    guard !order.job.isBare else {
      // A description of its own: reading must not move the one that carries the lock.
      return try spool.files.open(order.file.path, .read)
    }
    let path = spool.layout.runInput(order.name.id, of: worker)
    try spool.files.write(order.input, to: try spool.files.open(path, .create))
    return try spool.files.open(path, .read)
  }

  private func variables(
    _ order: JobOrder, _ run: Run, deadline: Timestamp
  ) -> [(TaskVariable, String)] {
    let eta = order.job.eta.map { [(TaskVariable.eta, $0.iso8601)] } ?? []
    return lastingVariables + eta + [
      (.jobID, order.name.id.text), (.attempt, String(order.name.attempt)),
      (.files, run.filesDirectory), (.deadline, String(Int(deadline.seconds))),
    ]
  }

  /// Those that are the same for every job of the worker.
  var lastingVariables: [(TaskVariable, String)] {
    [
      (.spool, spool.layout.root), (.queue, worker.queue.text), (.worker, worker.description),
      (.cache, spool.layout.cache), (.configuration, spool.layout.configuration),
      (.state, spool.layout.state(of: worker.queue)),
    ]
  }

  /// As environ(7) has it.
  static func setting(_ variable: TaskVariable, _ value: String) -> String {
    "\(variable.rawValue)=\(value)"
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
