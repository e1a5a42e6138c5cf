// SPDX-License-Identifier: MIT
import ArgumentParser
import ProgramStart
import SpoolCommands
import SpoolProtocol
import SystemCalls
import TaskContract

@main
struct SpoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spool",
    abstract: "Look after a job spool: its jobs are files, this command moves and shows them.",
    subcommands: [
      Init.self, Up.self, Submit.self, Wait.self, Result.self, Status.self, Top.self,
      Shape.self, Retry.self, Run.self, Cancel.self, Hold.self, Release.self, Pause.self,
      Resume.self, Check.self, Prune.self, Cache.self, Events.self, Cron.self,
      CeleryConfig.self, Reports.self,
    ])

  // Declared here as well, so that it may stand before the subcommand: `spool --spool DIR status`.
  @OptionGroup var spool: SpoolOption
}

/// Which spool a command is about.
struct SpoolOption: ParsableArguments {
  @Option(name: .customLong("spool"), help: "The spool; else $SPOOL, else the current directory.")
  var root: String?

  /// - Throws: `notASpool` where no incoming/ stands.
  func open() throws(CommandError) -> Spool {
    let program = Program(name: "spool")
    let root = root ?? program.environment["SPOOL"] ?? "."
    let spool = Spool(root: program.absolute(root))
    do throws(SystemError) {
      guard try spool.files.exists(spool.layout.directory(of: .incoming)) else {
        throw SystemError("find", spool.layout.root, .noSuchFile)
      }
    } catch {
      guard error.errno == .noSuchFile else { throw .system(error) }
      throw .spool(.notASpool(path: spool.layout.root))
    }
    return spool
  }
}

/// A job, and where its id is not the only one, its queue.
struct JobArgument: ParsableArguments {
  @Argument(help: "The job's id: its file name without .json.")
  var id: String

  @Option(help: "The queue, where the id stands in several.")
  var queue: String?

  func jobID() throws(CommandError) -> JobID {
    guard let job = Self.id(in: id) else { throw .noSuchJob(id) }
    return job
  }

  /// A file's name will do as well, as the shell completes it.
  static func id(in text: String) -> JobID? { JobName(fileName: text)?.id ?? JobID(text) }

  func move(_ move: JobMove, in spool: Spool) throws(CommandError) {
    try move(on: jobID(), in: queueName(), of: spool)
  }

  func queueName() throws(CommandError) -> QueueName? {
    guard let queue else { return nil }
    return try QueueName(option: queue)
  }

  func place(in spool: Spool) throws(CommandError) -> JobPlace {
    let id = try jobID()
    if let place = try spool.place(of: id, in: queueName()) { return place }
    let step: MissingStep
    do { step = try spool.missing(id) } catch { throw .system(error) }
    if case .stopped(let before, let message) = step {
      throw .stopped(id, by: before, message: message)
    }
    throw .noSuchJob(id.text)
  }
}

extension QueueName {
  init(option text: String) throws(CommandError) {
    guard let queue = QueueName(text) else {
      throw .spool(.badQueueName(text, reason: NameRule.objection(to: text) ?? "a temporary name"))
    }
    self = queue
  }
}

extension JobID {
  /// Also one whose file would be another job's further attempt is none.
  init(option text: String) throws(CommandError) {
    guard let name = JobName(fileName: "\(text).json"), name.attempt == 1 else {
      let reason = NameRule.objection(to: text) ?? "its file would be another one's"
      throw .spool(.badJobName(text, reason: reason))
    }
    self = name.id
  }
}

extension ParsableCommand {
  /// Runs a command's body; what goes wrong is one line on stderr and an exit status of sysexits(3).
  func reporting(_ body: () throws(CommandError) -> Void) {
    do { try body() } catch {
      Program(name: "spool").fail("\(error)", error.verdict)
    }
  }

  /// Calls that only the machine can let fail.
  func calling<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(CommandError) -> Value {
    do { return try body() } catch { throw .system(error) }
  }
}
