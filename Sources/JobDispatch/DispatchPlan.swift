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
  private(set) var separation: Separation
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
  ) throws(SettingsError) {
    self.spool = spool
    separation = try Self.separation(settings, spool)
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
  ///
  /// - Throws: where they name users that there are not, or that this process cannot become; then nothing has changed.
  mutating func accept(_ settings: SettingsText) throws(SettingsError) {
    separation = try Self.separation(settings, spool)
    accepted = settings
    executables = TaskExecutables(
      options: binOptions, settings: settings.settings, ownDirectory: programDirectory)
  }

  /// What a worker that runs as this user is to know of spool.toml.
  func handedOn(to account: Account?) -> [UInt8] {
    account == nil ? accepted.text : accepted.withoutSecrets
  }

  /// `NAME=value` each, of a worker that runs as this user.
  func environment(of account: Account?) -> [String] {
    guard let account else { return environment }
    let own = ["HOME=", "USER=", "LOGNAME="]
    return environment.filter { entry in !own.contains { entry.hasPrefix($0) } } + account.variables
  }

  /// - Parameter queue: whose directory is looked into; nil: incoming/ itself.
  func intake(_ queue: QueueName?) -> IntakeRules {
    IntakeRules(
      sizeLimit: settings.sizeLimit, settlingTime: settings.settlingTime,
      heir: separation.isOn ? queue.map(separation.account) : nil,
      copier: separation.canActForOthers ? nil : separation.own.user,
      linkGuard: separation.linkGuard)
  }

  private static func separation(
    _ settings: SettingsText, _ spool: Spool
  ) throws(SettingsError) -> Separation {
    try Separation(
      settings.settings, path: spool.layout.configuration, .current(), .read())
  }
}
