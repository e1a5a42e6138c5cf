// SPDX-License-Identifier: MIT
import ArgumentParser
import Glibc
import ProgramStart
import SampleData
import SpoolCommands
import SpoolProtocol
import SystemCalls

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a spool; what stands already is left as it is.")

  @Argument(help: "The spool's directory.") var directory: String
  @Argument(help: "Queues to begin with.") var queues: [String] = []
  @Flag(help: "With sample databases and the queue that works on them.") var example = false

  func run() {
    reporting { () throws(CommandError) in
      guard !directory.isEmpty else { throw .spool(.notASpool(path: "''")) }
      let spool = Spool(root: Program(name: "spool").absolute(directory))
      var names: [QueueName] = []
      for queue in queues + (example ? ["load_chart_data_into_cache"] : []) {
        names.append(try QueueName(option: queue))
      }
      try calling { () throws(SystemError) in
        try spool.initialize(
          queues: names, metadataURL: example ? Spool.exampleMetadataURL : nil)
      }
      if example { try spool.makeExamples() }
    }
  }
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify that everything in a spool stands as it should; what does not is printed.")

  @OptionGroup var spool: SpoolOption
  @Argument(help: "The spool; the same as --spool.") var directory: String?

  func run() throws {
    var isClean = false
    reporting { () throws(CommandError) in
      var option = spool
      option.root = directory ?? option.root
      let report = try SpoolInspection.report(on: option.open())
      for finding in report.findings.sorted() { print(finding) }
      isClean = report.findings.isEmpty
      if isClean { print("clean: \(report.jobs) jobs") }
    }
    guard isClean else { throw ExitCode.failure }
  }
}

struct Up: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run dispatcher and cache layer in the foreground, until Ctrl-C.")

  @Argument(help: "The spool.") var directory: String
  @Option(help: "A directory of task executables; repeatable.") var bin: [String] = []

  func run() {
    reporting { () throws(CommandError) in
      let program = Program(name: "spool")
      let root = program.absolute(directory)
      let environment = program.environment.map { "\($0.key)=\($0.value)" }
      let bins = bin.map(program.absolute).flatMap { ["--bin", $0] }
      let supervisor = try calling { () throws(SystemError) in
        let supervisor = try Supervisor(report: program.report)
        try supervisor.start(
          "\(program.directory)/spoold", bins + [root], environment: environment)
        try supervisor.start(
          "\(program.directory)/spool-cache", [root], environment: environment)
        return supervisor
      }
      try supervisor.run()
    }
  }
}
