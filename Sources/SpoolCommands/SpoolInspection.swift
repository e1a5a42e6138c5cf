// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// What `spool check` finds: in the tree and in spool.toml.
package enum SpoolInspection {
  /// Longer than a move from one directory to another takes.
  private static let pause: Duration = .milliseconds(300)

  /// Looks twice where the first look finds something, since a running spool moves under the look.
  package static func report(on spool: Spool) throws(CommandError) -> CheckReport {
    var report: CheckReport
    do throws(SystemError) {
      report = try spool.check(at: SystemClock.now())
      if !report.findings.isEmpty {
        try EventLoop().turn(pause)
        report = report.confirmed(by: try spool.check(at: SystemClock.now()))
      }
    } catch {
      throw .system(error)
    }
    do throws(SettingsError) {
      _ = try SpoolSettings.load(spool.layout.configuration)
    } catch {
      report.findings.insert(SpoolFinding(spool.layout.configuration, "\(error)"))
    }
    return report
  }
}
