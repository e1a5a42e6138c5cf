// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// What a dispatcher is started with.
package struct DispatchPlan {
  let spool: Spool
  /// What spool.toml said when it was last accepted.
  private(set) var accepted: SettingsText
  /// Counts the syncs of `spool`.
  let syncs: SyncCounter
  private(set) var executables: TaskExecutables
  private let programDirectory: String
  /// The `spool-watch` and `spool-worker` to run.
  let watchProgram: String
  let workerProgram: String
  /// `--bin` options to hand on to the workers.
  let binOptions: [String]
  let service: ServiceNotifier
  /// `NAME=value` each.
  let environment: [String]

  package init(
    spool: Spool, syncs: SyncCounter, settings: SettingsText, programDirectory: String,
    binOptions: [String], environment: [String: String]
  ) {
    self.spool = spool
    self.syncs = syncs
    accepted = settings
    executables = TaskExecutables(
      options: binOptions, settings: settings.settings, ownDirectory: programDirectory)
    self.programDirectory = programDirectory
    watchProgram = "\(programDirectory)/spool-watch"
    workerProgram = "\(programDirectory)/spool-worker"
    self.binOptions = binOptions
    service = ServiceNotifier(environment)
    let handedOn = environment.filter { !ServiceNotifier.variables.contains($0.key) }
    self.environment = handedOn.map { "\($0.key)=\($0.value)" }
  }

  var settings: SpoolSettings { accepted.settings }

  /// From now on these settings hold.
  mutating func accept(_ settings: SettingsText) {
    accepted = settings
    executables = TaskExecutables(
      options: binOptions, settings: settings.settings, ownDirectory: programDirectory)
  }

  var intake: IntakeRules {
    IntakeRules(sizeLimit: settings.sizeLimit, settlingTime: settings.settlingTime)
  }
}
