// SPDX-License-Identifier: MIT
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
        "usage: spool-worker [--bin DIR]... [--settings DESCRIPTOR] SPOOL QUEUE@NUMBER", .usage)
    }
    let spool = Spool(root: program.absolute(options.operands[0]))
    do {
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
}
