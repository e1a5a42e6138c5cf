// SPDX-License-Identifier: MIT

/// The names in a task's environment by which a worker tells it where it runs; spool-task(7).
package enum TaskVariable: String, CaseIterable, Sendable {
  /// The root of the spool.
  case spool = "SPOOL"
  case queue = "SPOOL_QUEUE"
  case jobID = "SPOOL_JOB_ID"
  /// 1 for the first try.
  case attempt = "SPOOL_ATTEMPT"
  case worker = "SPOOL_WORKER"
  /// The directory where the cache layer's entries can be read; see ``CacheKey``.
  case cache = "SPOOL_CACHE"
  /// spool.toml.
  case configuration = "SPOOL_CONFIG"
  /// A directory: what the task leaves in it is kept beside its result.
  case files = "SPOOL_FILES"
  /// A directory that outlives the runs: what the queue's task remembers from one to the next. It need not exist yet.
  case state = "SPOOL_STATE"
  /// When the job was to be run, ISO 8601; absent where it named no time.
  case eta = "SPOOL_ETA"
  /// Unix time, in seconds, of the soft limit; absent where there is none.
  case deadline = "SPOOL_DEADLINE"
}

/// What a task finds in its environment; every member is nil when it runs by hand.
package struct TaskEnvironment: Sendable {
  private let values: [String: String]

  package init(_ values: [String: String]) { self.values = values }

  /// The same, but for what one job has of its own.
  package func replacing(_ own: [TaskVariable: String]) -> TaskEnvironment {
    let own = Dictionary(uniqueKeysWithValues: own.map { ($0.key.rawValue, $0.value) })
    return TaskEnvironment(values.merging(own) { $1 })
  }

  /// The value of a variable, an empty one counting as absent.
  package subscript(variable: TaskVariable) -> String? {
    values[variable.rawValue].flatMap { $0.isEmpty ? nil : $0 }
  }
}
