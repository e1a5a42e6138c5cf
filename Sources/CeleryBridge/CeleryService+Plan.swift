// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

extension CeleryService {
  /// What it is started with.
  package struct Plan {
    package var spool: Spool
    package var settings: CelerySettings
    package var rules: IntakeRules
    /// `celery@HOST`, or what the settings say.
    package var worker: String
    /// Its own.
    package var processID: Int
    /// The spool-watch program.
    package var watchProgram: String
    /// What no event told of is found after this at the latest.
    package var backstop: Duration = .seconds(300)
    package var service = ServiceNotifier([:])

    package init(
      spool: Spool, settings: CelerySettings, rules: IntakeRules, watchProgram: String
    ) {
      worker = settings.worker ?? "celery@\(RunningProgram.hostName)"
      processID = RunningProgram.processID
      self.spool = spool
      self.settings = settings
      self.rules = rules
      self.watchProgram = watchProgram
    }
  }
}
