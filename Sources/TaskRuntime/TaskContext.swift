// SPDX-License-Identifier: MIT
import SystemCalls
import TaskContract

/// What surrounds one run of a task: read once in main, handed down from there.
package struct TaskContext {
  package let environment: TaskEnvironment
  /// Settings of Superset that may stand in the environment instead of in spool.toml.
  package let metadataURL: String?
  package let secretKey: String?
  /// spool.toml: `--config FILE`, else SPOOL_CONFIG.
  package let configurationPath: String?
  /// Flags of the command line that the task knows besides those of every task.
  private let options: TaskOptions
  package let cancellation: Cancellation
  package let memory: TaskMemory
  package let log: @Sendable (String) -> Void

  package func has(flag: String) -> Bool { options.has(flag) }

  /// Everything that stands in the environment, as environ(7) has it, for a program that helps this one.
  package var variables: [String] { ProcessEnvironment.variables }

  /// - Parameter environment: nil for that of the process; a resident task has another one for each job.
  package init(
    options: TaskOptions, environment: TaskEnvironment? = nil, cancellation: Cancellation,
    memory: TaskMemory = TaskMemory(), log: @escaping @Sendable (String) -> Void
  ) {
    self.environment = environment ?? ProcessEnvironment.task
    metadataURL = ProcessEnvironment.value(of: "SUPERSET_METADATA_URL")
    secretKey = ProcessEnvironment.value(of: "SUPERSET_SECRET_KEY")
    configurationPath = options["config"] ?? self.environment[.configuration]
    self.options = options
    self.cancellation = cancellation
    self.memory = memory
    self.log = log
  }
}
