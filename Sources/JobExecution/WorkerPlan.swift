// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import TaskContract

/// What a worker is started with.
package struct WorkerPlan {
  let spool: Spool
  let name: WorkerName
  let settings: QueueSettings
  let executables: TaskExecutables
  let environment: [String]

  /// - Parameter environment: what the tasks inherit, besides the variables of spool-task(7).
  package init(
    spool: Spool, name: WorkerName, settings: QueueSettings, executables: TaskExecutables,
    environment: [String: String]
  ) {
    self.spool = spool
    self.name = name
    self.settings = settings
    self.executables = executables
    let ours = Set(TaskVariable.allCases.map(\.rawValue))
    self.environment = environment.filter { !ours.contains($0.key) }.map { "\($0.key)=\($0.value)" }
  }
}
