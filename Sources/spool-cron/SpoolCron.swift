// SPDX-License-Identifier: MIT
import CronTable
import JobSchedule
import ProgramStart
import SpoolProtocol
import SystemCalls

@main
enum SpoolCron {
  static func main() {
    let program = Program(name: "spool-cron")
    guard let options = ProgramOptions(program.arguments), options.operands.count == 1 else {
      program.fail("usage: spool-cron [--bin DIR] SPOOL", .usage)
    }
    let spool = Spool(root: program.absolute(options.operands[0]))
    do {
      guard try spool.files.exists(spool.layout.directory(of: .incoming)) else {
        program.fail("\(SpoolError.notASpool(path: spool.layout.root))", .noInput)
      }
      var plan = JobClock.Plan(
        spool: spool,
        watchProgram: "\(options.bin.first.map(program.absolute) ?? program.directory)/spool-watch",
        localZone: try LineSet.localZone(program.environment["TZ"]))
      plan.service = ServiceNotifier(program.environment)
      try JobClock(plan, report: program.report).run()
    } catch ClockError.alreadyRunning(let lock) {
      program.fail("\(ClockError.alreadyRunning(lock: lock))", .tryLater)
    } catch let error as CronError {
      program.fail("\(error)", .badConfiguration)
    } catch {
      program.fail("\(error)", .systemError)
    }
  }
}
