// SPDX-License-Identifier: MIT
import CacheLayer
import ProgramStart
import SpoolConfiguration
import SpoolProtocol
import SystemCalls
import TaskContract

@main
enum SpoolCache {
  static func main() {
    let program = Program(name: "spool-cache")
    guard let options = ProgramOptions(program.arguments), options.operands.count == 1 else {
      program.fail("usage: spool-cache [--bin DIR] SPOOL", .usage)
    }
    let spool = Spool(root: program.absolute(options.operands[0]))
    do {
      guard try spool.files.exists(spool.layout.directory(of: .incoming)) else {
        program.fail("\(SpoolError.notASpool(path: spool.layout.root))", .noInput)
      }
      let settings = try SpoolSettings.load(spool.layout.configuration)
      var plan = CacheService.Plan(
        layout: spool.layout,
        watchProgram: "\(options.bin.first.map(program.absolute) ?? program.directory)/spool-watch")
      plan.defaultTimeout = settings.cacheTimeout
      plan.backstop = settings.backstop
      plan.service = ServiceNotifier(program.environment)
      try CacheService(plan, report: program.report).run()
    } catch CacheError.alreadyRunning(let lock) {
      program.fail("\(CacheError.alreadyRunning(lock: lock))", .tryLater)
    } catch let error as SettingsError {
      program.fail("\(error)", .badConfiguration)
    } catch {
      program.fail("\(error)", .systemError)
    }
  }
}
