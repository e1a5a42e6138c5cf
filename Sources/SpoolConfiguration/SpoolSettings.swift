// SPDX-License-Identifier: MIT

/// What spool.toml says, with the defaults where it says nothing; spool.toml(5) describes each.
package struct SpoolSettings: Hashable, Sendable {
  /// Directories of task executables, in the order in which they are searched; empty: beside spoold.
  package var bin: [String] = []
  /// Bytes of one job's file; a larger one is no job.
  package var sizeLimit = 16 << 20
  /// An incomplete file that has not changed for so long is corrupt.
  package var settlingTime: Duration = .seconds(60)
  /// Between two looks at everything, events or not: what no event told is found after this at the latest.
  package var backstop: Duration = .seconds(300)
  /// Tasks at the same time, of all queues together; nil: as many as the queues have workers.
  package var runningLimit: Int?
  package var defaults = QueueSettings()
  package var queues: [String: QueueSettings] = [:]
  /// Lifetime of cache entries whose result names none; Superset's CACHE_DEFAULT_TIMEOUT.
  package var cacheTimeout: Duration = .seconds(86400)

  package var prune = PruneSettings()
  package var celery = CelerySettings()

  package init() {}

  /// The settings of a queue: its own, or the defaults.
  package subscript(queue: String) -> QueueSettings { queues[queue] ?? defaults }
}

/// How the jobs of one queue are run.
package struct QueueSettings: Hashable, Sendable {
  /// Jobs of this queue at the same time.
  package var workers = 2
  /// Its share where not all queues can run: a queue of weight 4 gets four turns while one of weight 1 gets one.
  package var weight = 1
  /// Jobs a second that are started at most; nil: as many as can be run.
  package var rate: Double?
  /// Attempts in all, of a job that asks to be tried again.
  package var tries = 10
  /// Before the second attempt; doubled for each further one.
  package var retryPause: Duration = .seconds(5)
  /// The longest pause between two attempts.
  package var retryPauseLimit: Duration = .seconds(900)
  /// A job that brought its worker or process down so often is poison.
  package var crashLimit = 3
  /// SIGTERM after this; below `timeLimit`. Superset's SQLLAB_ASYNC_TIME_LIMIT_SEC.
  package var softTimeLimit: Duration = .seconds(21600)
  /// SIGKILL to the whole process group after this.
  package var timeLimit: Duration = .seconds(21660)
  /// Bytes that a task may write into any one file, its output included.
  package var outputLimit = 1 << 30
  /// Bytes of address space of each process of a task; nil: no limit.
  package var memoryLimit: Int?
  /// Descriptors of each process of a task; nil: what spoold has.
  package var openFilesLimit: Int?
  /// Processor time of each process of a task, in whole seconds; nil: no limit.
  package var cpuLimit: Duration?
  /// Whether the task's process stays and takes one job after another; else each job has its own.
  package var isResident = false
  /// Jobs after which a resident process is exchanged for a new one.
  package var residentJobs = 10_000
  /// Bytes of memory beyond which a resident process is exchanged when its job has ended.
  package var residentMemory = 1 << 30
  /// Name or number of the user that the tasks run as; nil: whoever runs spoold.
  package var user: String?
  /// Name or number of its group; nil: the user's own.
  package var group: String?
  /// Name or number of the group whose members may drop jobs.
  package var dropGroup: String?
  /// What the task's exit statuses lead to.
  package var exitCodes = ExitCodes()

  package init() {}
}
