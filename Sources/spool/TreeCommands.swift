// SPDX-License-Identifier: MIT
import ArgumentParser
import CacheLayer
import Glibc
import ProgramStart
import SampleData
import SpoolCommands
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a spool; what stands already is left as it is.")

  @Argument(help: "The spool's directory.") var directory: String
  @Argument(help: "Queues to begin with.") var queues: [String] = []
  @Flag(help: "With sample databases and the queues that work on them.") var example = false

  private static let exampleQueues = [
    "load_chart_data_into_cache", "load_explore_json_into_cache",
  ]
  /// Their browser is to stay warm.
  private static let exampleResidents = ["cache_chart_thumbnail", "cache_dashboard_thumbnail"]

  func run() {
    reporting { () throws(CommandError) in
      guard !directory.isEmpty else { throw .spool(.notASpool(path: "''")) }
      let spool = Spool(root: Program(name: "spool").absolute(directory))
      let names = try Self.names(queues + (example ? Self.exampleQueues : []))
      let residents = try Self.names(example ? Self.exampleResidents : [])
      try calling { () throws(SystemError) in
        try spool.initialize(
          queues: names, metadataURL: example ? Spool.exampleMetadataURL : nil,
          residents: residents)
      }
      if example { try spool.makeExamples() }
    }
  }

  private static func names(_ texts: [String]) throws(CommandError) -> [QueueName] {
    var names: [QueueName] = []
    for text in texts { names.append(try QueueName(option: text)) }
    return names
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

struct Prune: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove what is older than spool.toml allows, while everything runs.")

  @OptionGroup var spool: SpoolOption
  @Flag(help: "Only print what would be removed.") var dryRun = false
  @Flag(help: "Also what spool-cache has not announced yet.") var unannounced = false
  @Option(help: "Results older than this; \"7d\", \"12h\" or \"never\", as the others.")
  var results: String?
  @Option(help: "Failed jobs.") var errors: String?
  @Option(help: "What was no job.") var corrupt: String?
  @Option(help: "Event logs.") var events: String?
  @Option(help: "The job log, and other files of log/.") var logs: String?

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      let settings = try PruneSettings(
        of: spool,
        replacing: [
          "results": results, "errors": errors, "corrupt": corrupt, "events": events, "logs": logs,
        ])
      var counts: [String: Int] = [:]
      var pruner = Pruner(
        spool, settings, at: SystemClock.now(), isDryRun: dryRun, ignoresCache: unannounced
      ) { kind, path in
        counts[kind, default: 0] += 1
        if dryRun { print(path) }
      }
      try caching { () throws(CacheError) in try pruner.run() }
      if !dryRun { print(Self.summary(counts)) }
      for failure in pruner.failures { Program(name: "spool").report("\(failure)") }
      if let failure = pruner.failures.first { throw .system(failure) }
    }
  }

  private static func summary(_ counts: [String: Int]) -> String {
    let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
    return parts.isEmpty ? "nothing to remove" : "removed " + parts.joined(separator: ", ")
  }
}

struct Up: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run dispatcher, cache layer, clock and what takes Celery's messages, until Ctrl-C.")

  @Argument(help: "The spool.") var directory: String
  @Option(help: "A directory of task executables; repeatable.") var bin: [String] = []

  func run() {
    reporting { () throws(CommandError) in
      let program = Program(name: "spool")
      let root = program.absolute(directory)
      let environment = program.environment.map { "\($0.key)=\($0.value)" }
      let takesMessages = try CeleryConfiguration.isWanted(by: Spool(root: root))
      let bins = bin.map(program.absolute).flatMap { ["--bin", $0] }
      let supervisor = try calling { () throws(SystemError) in
        let supervisor = try Supervisor(report: program.report)
        try supervisor.start(
          "\(program.directory)/spoold", bins + [root], environment: environment)
        for name in ["spool-cache", "spool-cron"] + (takesMessages ? ["spool-celery"] : []) {
          try supervisor.start("\(program.directory)/\(name)", [root], environment: environment)
        }
        return supervisor
      }
      try supervisor.run()
    }
  }
}

struct CeleryConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "celery-config",
    abstract: "Print what a Celery application has to be told so that this spool is its worker.")

  @OptionGroup var spool: SpoolOption

  func run() {
    reporting { () throws(CommandError) in
      for line in try CeleryConfiguration(of: spool.open()).lines { print(line) }
    }
  }
}

struct Cron: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at the crontab.", subcommands: [List.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ls",
      abstract: "List the lines: queue, expression, zone, last and next run, and what is wrong.")
    @OptionGroup var spool: SpoolOption

    func run() throws {
      var isSound = false
      reporting { () throws(CommandError) in
        let table = try ScheduleTable(
          of: spool.open(), timeZone: Program(name: "spool").environment["TZ"],
          at: SystemClock.now())
        for line in table.lines { print(line) }
        isSound = table.isSound
      }
      guard isSound else { throw ExitCode.failure }
    }
  }
}

struct Reports: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List Superset's alerts and reports, or run one: see spool-reports(1).")

  @OptionGroup var spool: SpoolOption
  @Argument(parsing: .captureForPassthrough, help: "What spool-reports is called with.")
  var arguments: [String] = []

  /// What knows Superset is a program of its own.
  func run() {
    reporting { () throws(CommandError) in
      let place = spool.root.map { ["--spool", $0] } ?? []
      let program = "\(Program(name: "spool").directory)/spool-reports"
      throw .system(ProcessImage.replace(with: program, place + arguments))
    }
  }
}
