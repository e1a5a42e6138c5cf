// SPDX-License-Identifier: MIT
import Glibc
import SupersetCommands
import TaskRuntime

/// `spool reports`: what is scheduled, how it went, and a run by hand.
@main
enum SpoolReports {
  static func main() {
    let console = Console(name: "spool-reports")
    do {
      let options = try ReportsOptions(CommandLine.arguments.dropFirst())
      switch options.command {
      case .help: console.print(Array(help.utf8))
      case .list: try ReportList(try context(options, console), console).show()
      case .run(let id):
        exit(try ReportsRun(options, try context(options, console), console).run(id).rawValue)
      }
    } catch {
      console.exit(because: error)
    }
  }

  private static func context(
    _ options: ReportsOptions, _ console: Console
  ) throws(TaskStartError) -> TaskContext {
    try SpoolContext.make(
      for: "spool-reports", spool: options.spool, configuration: options.configuration, console)
  }

  private static let help = """
    Usage: spool reports [--spool DIR] [--config FILE]
           spool reports run ID [--dry-run [--output DIR]] [--timeout SECONDS]
                                [--spool DIR] [--config FILE]

    Lists the alerts and reports of Superset: how they stand, when they ran and run next, and what
    the last one of them that failed said. Or runs one now, and waits for it.

      --dry-run           make what would be sent, and tell nobody
      --output DIR        where to put it: mails as .eml, pictures; otherwise report-ID
      --timeout SECONDS   wait at most so long
      --spool DIR         otherwise SPOOL, or the current directory
      --config FILE       spool.toml; otherwise SPOOL_CONFIG, or the spool's

    """
}
