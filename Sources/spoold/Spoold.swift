// SPDX-License-Identifier: MIT
import JobDispatch
import ProgramStart
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

@main
enum Spoold {
  static func main() {
    let program = Program(name: "spoold")
    guard let options = ProgramOptions(program.arguments), options.operands.count == 1 else {
      program.fail("usage: spoold [--bin DIR]... SPOOL", .usage)
    }
    let syncs = SyncCounter()
    let spool = Spool(
      root: program.absolute(options.operands[0]), files: SystemFiles(counting: syncs))
    do {
      guard try spool.files.exists(spool.layout.directory(of: .incoming)) else {
        program.fail("\(SpoolError.notASpool(path: spool.layout.root))", .noInput)
      }
      guard let lock = try LifeLock.take(spool.layout.dispatcherLock) else {
        program.fail("unable to dispatch \(spool.layout.root): another spoold does", .tryLater)
      }
      let settings = try SettingsText.read(spool.layout.configuration)
      let plan = try DispatchPlan(
        spool: spool, syncs: syncs, settings: settings, programDirectory: program.directory,
        binOptions: options.bin.map(program.absolute), environment: program.environment)
      let dispatcher = try Dispatcher(plan, report: program.report)
      withExtendedLifetime(lock) { dispatcher.run() }
    } catch let error as SettingsError {
      program.fail("\(error)", .badConfiguration)
    } catch {
      program.fail("\(error)", .systemError)
    }
  }
}
