// SPDX-License-Identifier: MIT
import Glibc
import JSONValues
import ReportTasks
import SpoolCommands
import SpoolProtocol
import SystemCalls
import TaskContract
import TaskRuntime

/// A schedule run by hand: by a worker, as at its time, or here and without telling anybody.
struct ReportsRun {
  private let options: ReportsOptions
  private let console: Console
  private let context: TaskContext

  init(_ options: ReportsOptions, _ context: TaskContext, _ console: Console) {
    self.options = options
    self.context = context
    self.console = console
  }

  func run(_ id: Int) throws(ReportsError) -> Verdict {
    options.isDryRun ? try look(at: id) : try order(id)
  }

  private func look(at id: Int) throws(ReportsError) -> Verdict {
    let outcome: ReportTrial.Outcome
    do { outcome = try ReportTrial(of: id, context).outcome() } catch { throw .report(error) }
    let directory = options.output ?? "report-\(id)"
    var lines = outcome.lines
    do {
      let files = SystemFiles()
      try files.makeDirectories(directory)
      for (name, bytes) in outcome.files {
        try files.publish(bytes, as: "\(directory)/\(name)")
        lines.append("\(directory)/\(name)")
      }
    } catch { throw .output(error) }
    console.print(Array(lines.map { $0 + "\n" }.joined().utf8))
    return .ok
  }

  private func order(_ id: Int) throws(ReportsError) -> Verdict {
    do { return try ordered(id) } catch { throw .command(error) }
  }

  private func ordered(_ id: Int) throws(CommandError) -> Verdict {
    let spool = Spool(root: context.environment[.spool] ?? "")
    guard let queue = QueueName("reports.execute") else { preconditionFailure("no queue's name") }
    let job = Spool.newID(at: SystemClock.now(), process: getpid())
    let arguments: JSONValue = ["report_schedule_id": .integer(id)]
    do throws(SpoolError) {
      try spool.submit(arguments.bytes + [UInt8(ascii: "\n")], to: queue, as: job)
    } catch { throw .spool(error) }
    console.log("job \(job)")
    let place = try JobWait.end(
      of: job, in: queue, of: spool,
      watchProgram: "\(RunningProgram.path.parentPath)/spool-watch", atMost: options.timeout)
    switch try JobResult(place, of: spool) {
    case .done(let result):
      console.print(result)
      return .ok
    case .failed(let report, let status):
      console.print(report)
      return Verdict(rawValue: status) ?? .bug
    }
  }
}
