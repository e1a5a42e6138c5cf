// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// What a dispatcher is started with.
package struct DispatchPlan {
  let spool: Spool
  let settings: SpoolSettings
  /// Counts the syncs of `spool`.
  let syncs: SyncCounter
  let executables: TaskExecutables
  /// The `spool-watch` and `spool-worker` to run.
  let watchProgram: String
  let workerProgram: String
  /// `--bin` options to hand on to the workers.
  let binOptions: [String]
  /// `NAME=value` each.
  let environment: [String]

  package init(
    spool: Spool, syncs: SyncCounter, settings: SpoolSettings, executables: TaskExecutables,
    programDirectory: String, binOptions: [String], environment: [String: String]
  ) {
    self.spool = spool
    self.syncs = syncs
    self.settings = settings
    self.executables = executables
    watchProgram = "\(programDirectory)/spool-watch"
    workerProgram = "\(programDirectory)/spool-worker"
    self.binOptions = binOptions
    self.environment = environment.map { "\($0.key)=\($0.value)" }
  }

  var intake: IntakeRules {
    IntakeRules(sizeLimit: settings.sizeLimit, settlingTime: settings.settlingTime)
  }
}
