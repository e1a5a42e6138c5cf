// SPDX-License-Identifier: MIT
import CeleryBridge
import ProgramStart
import SpoolConfiguration
import SpoolProtocol
import SystemCalls
import TaskContract

@main
enum SpoolCelery {
  static func main() {
    let program = Program(name: "spool-celery")
    guard let options = ProgramOptions(program.arguments), options.operands.count == 1 else {
      program.fail("usage: spool-celery [--bin DIR] SPOOL", .usage)
    }
    let spool = Spool(root: program.absolute(options.operands[0]))
    do {
      guard try spool.files.exists(spool.layout.directory(of: .incoming)) else {
        program.fail("\(SpoolError.notASpool(path: spool.layout.root))", .noInput)
      }
      let settings = try SpoolSettings.load(spool.layout.configuration)
      var plan = CeleryService.Plan(
        spool: spool, settings: settings.celery,
        rules: IntakeRules(
          sizeLimit: settings.sizeLimit, settlingTime: settings.settlingTime),
        watchProgram: "\(options.bin.first.map(program.absolute) ?? program.directory)/spool-watch")
      plan.backstop = settings.backstop
      plan.service = ServiceNotifier(program.environment)
      try CeleryService(plan, report: program.report).run()
    } catch let error as CeleryBridgeError {
      switch error {
      case .alreadyRunning: program.fail("\(error)", .tryLater)
      case .notConfigured: program.fail("\(error)", .badConfiguration)
      case .system: program.fail("\(error)", .systemError)
      }
    } catch let error as SettingsError {
      program.fail("\(error)", .badConfiguration)
    } catch {
      program.fail("\(error)", .systemError)
    }
  }
}
