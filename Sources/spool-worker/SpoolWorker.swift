// SPDX-License-Identifier: MIT
import Glibc
import JobExecution
import ProgramStart
import SpoolConfiguration
import SpoolProtocol
import SystemCalls
import TaskContract

@main
enum SpoolWorker {
  static func main() {
    let program = Program(name: "spool-worker")
    guard let options = ProgramOptions(program.arguments, takesSettings: true),
      options.operands.count == 2,
      let name = WorkerName(options.operands[1])
    else {
      program.fail(
        "usage: spool-worker [--settle] [--bin DIR]... [--settings DESCRIPTOR] SPOOL QUEUE@NUMBER",
        .usage)
    }
    let spool = Spool(root: program.absolute(options.operands[0]))
    do {
      if options.settle { return try settle(name, of: spool, options, program) }
      guard let lock = try LifeLock.take(spool.layout.lock(of: name)) else {
        program.fail("unable to take over \(name): another worker has it", .tryLater)
      }
      let settings = try SettingsText.read(
        from: options.settings, else: spool.layout.configuration
      ).settings
      let executables = TaskExecutables(
        options: options.bin.map(program.absolute), settings: settings,
        ownDirectory: program.directory)
      let plan = WorkerPlan(
        spool: spool, name: name, settings: settings[name.queue.text], executables: executables,
        environment: program.environment)
      let worker = try Worker(plan, report: program.report)
      withExtendedLifetime(lock) { worker.run() }
    } catch let error as SettingsError {
      program.fail("\(error)", .badConfiguration)
    } catch {
      program.fail("\(error)", .systemError)
    }
  }
  /// As the user that the worker ran as: what stands in its folder may be anything that its tasks have made.
  private static func settle(
    _ name: WorkerName, of spool: Spool, _ options: ProgramOptions, _ program: Program
  ) throws {
    let settings = try SettingsText.read(
      from: options.settings, else: spool.layout.configuration
    ).settings[name.queue.text]
    let limits = ReclaimLimits(crashes: settings.crashLimit, tries: settings.tries)
    let dead = DeadWorker(name, of: spool, within: limits, report: program.report)
    switch try dead.settle() {
    case .settled: return
    case .dying: break
    case .alive:
      let lock = spool.layout.lock(of: name)
      // Whoever holds the lock is no worker then: a task has seen to it.
      if try LifeLock.holder(of: lock, belongingTo: getuid()) == nil {
        let killed = try Descendants.killHolders(of: lock)
        program.report(
          "\(name) was held by \(killed) processes that are no worker: killed", .notice)
      }
    }
    // Asked once more, it may be settled: not worth a line.
    exit(Verdict.tryLater.rawValue)
  }
}
