// SPDX-License-Identifier: MIT

/// Where everything stands below the root of a spool: the one place that spells these paths.
package struct SpoolLayout: Hashable, Sendable {
  package let root: String

  package init(root: String) {
    self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
  }

  // MARK: directories

  package func directory(of state: JobState) -> String { "\(root)/\(state.rawValue)" }

  /// The directory of a queue in a state; active/ is kept by worker instead.
  package func directory(of state: JobState, _ queue: QueueName) -> String {
    "\(root)/\(state.rawValue)/\(queue)"
  }

  package func folder(of worker: WorkerName) -> String { "\(root)/active/\(worker)" }

  /// Where drops go that no queue can be found for.
  package var corruptStrays: String { "\(root)/corrupt/incoming" }

  package var cache: String { "\(root)/cache" }
  package var events: String { "\(root)/events" }
  package var log: String { "\(root)/log" }
  package var temporary: String { "\(root)/tmp" }

  /// What tasks remember between runs.
  package var state: String { "\(root)/state" }

  package func state(of queue: QueueName) -> String { "\(state)/\(queue)" }

  /// A copy that is to take the place of a drop with this inode number: where no producer and no task can reach it.
  func copyAside(of inode: UInt64) -> String { "\(root)/active/.\(inode)\(Self.asideEnding)" }

  static func isCopyAside(_ name: String) -> Bool {
    name.hasPrefix(".") && name.hasSuffix(asideEnding)
  }

  private static let asideEnding = ".new"

  // MARK: jobs

  package func waiting(_ job: JobName, in queue: QueueName) -> String {
    "\(directory(of: .incoming, queue))/\(job)"
  }

  package func deferred(_ job: JobName, in queue: QueueName) -> String {
    "\(directory(of: .deferred, queue))/\(job)"
  }

  package func held(_ job: JobName, in queue: QueueName) -> String {
    "\(directory(of: .hold, queue))/\(job)"
  }

  package func active(_ job: JobName, of worker: WorkerName) -> String {
    "\(folder(of: worker))/\(job)"
  }

  package func result(_ id: JobID, in queue: QueueName) -> String {
    "\(directory(of: .results, queue))/\(id).json"
  }

  /// The files that a task left beside its result.
  package func resultFiles(_ id: JobID, in queue: QueueName) -> String {
    "\(directory(of: .results, queue))/\(id).files"
  }

  package func failed(_ id: JobID, in queue: QueueName) -> String {
    "\(directory(of: .errors, queue))/\(id).json"
  }

  /// Why a job failed.
  package func failure(_ id: JobID, in queue: QueueName) -> String {
    "\(directory(of: .errors, queue))/\(id).error"
  }

  /// What was no job although it stood in a queue, under its first name.
  package func refused(_ id: JobID, in queue: QueueName) -> String {
    "\(directory(of: .corrupt, queue))/\(id).json"
  }

  // MARK: a run

  /// The working directory of a job's run; it stands for as long as the job is being run.
  package func run(_ id: JobID, of worker: WorkerName) -> String { "\(folder(of: worker))/\(id)" }

  package func runOutput(_ id: JobID, of worker: WorkerName) -> String {
    "\(run(id, of: worker))/stdout"
  }

  package func runLog(_ id: JobID, of worker: WorkerName) -> String {
    "\(run(id, of: worker))/stderr"
  }

  package func runFiles(_ id: JobID, of worker: WorkerName) -> String {
    "\(run(id, of: worker))/\(Self.runFiles)"
  }

  static let runFiles = "files"

  /// A directory that waits for a worker's next run.
  func spareRun(_ name: String, of worker: WorkerName) -> String { "\(folder(of: worker))/\(name)" }

  /// What a bare envelope's task reads: its keyword arguments, written out.
  package func runInput(_ id: JobID, of worker: WorkerName) -> String {
    "\(run(id, of: worker))/stdin"
  }

  /// What a task tells of how far it is, if it does.
  func progress(_ id: JobID, of worker: WorkerName) -> String {
    "\(run(id, of: worker))/\(Self.progress)"
  }

  static let progress = "progress"

  // MARK: the programs' own files

  /// Held by the dispatcher while it lives.
  package var dispatcherLock: String { "\(root)/.lock" }
  /// A FIFO: a byte in it makes the dispatcher look at its workers.
  package var dispatcherTrigger: String { "\(root)/.trigger" }

  /// Held by the worker while it lives; holds its process id.
  package func lock(of worker: WorkerName) -> String { "\(folder(of: worker))/.lock" }
  /// Lines for the job log of a worker that may not write into that itself.
  func ownLog(of worker: WorkerName) -> String { "\(folder(of: worker))/.log" }
  /// The same while the dispatcher carries them over.
  func takenLog(of worker: WorkerName) -> String { "\(folder(of: worker))/.log.taken" }
  /// A FIFO: a byte in it makes the worker look into its folder.
  package func trigger(of worker: WorkerName) -> String { "\(folder(of: worker))/.trigger" }

  /// Which job was begun last under each `unique` key of a queue.
  func uniqueKeys(of queue: QueueName) -> String { "\(directory(of: .incoming, queue))/.unique" }

  /// Stands in a queue that is paused; holds the reason where a program paused it, nothing where a person did.
  package func pauseMark(of queue: QueueName) -> String {
    "\(directory(of: .incoming, queue))/\(Self.pauseMark)"
  }

  package static let pauseMark = ".paused"

  /// The line of explanation that stands in each directory below the root, incoming/ included.
  package static let readme = "README"

  package var configuration: String { "\(root)/spool.toml" }
  package var crontab: String { "\(root)/crontab" }
  package var jobLog: String { "\(root)/log/jobs.jsonl" }

  /// What Prometheus reads, through a collector of text files.
  package var metrics: String { "\(log)/metrics.prom" }

  /// The job log after it was set aside at this moment: nobody opens it any more to append.
  package func jobLog(until stamp: String) -> String { "\(log)/jobs-\(stamp).jsonl" }
}
