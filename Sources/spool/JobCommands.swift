// SPDX-License-Identifier: MIT
import ArgumentParser
import Glibc
import ProgramStart
import SpoolCommands
import SpoolProtocol
import SystemCalls

struct Submit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Enqueue a job; the id is printed when it is safe on disk.")

  @OptionGroup var spool: SpoolOption
  @Argument(help: "The queue.") var queue: String
  @Argument(help: "A JSON object: keyword arguments or an envelope. Standard input where missing.")
  var file: String?
  @Option(help: "The job's id; made up where missing.") var id: String?
  @Flag(help: "Wait, print the result and exit as the task did.") var wait = false
  @Option(help: "Wait at most so many seconds.") var timeout: Double?

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      let queue = try QueueName(option: queue)
      let input = try calling { () throws(SystemError) in
        guard let file else { return OpenFile(descriptor: dup(0), path: "standard input") }
        return try SystemFiles().open(file, .read)
      }
      let submission = try Submission(
        reading: input, named: file ?? input.path, for: queue, of: spool)
      let id = try jobID()
      let isSure: Bool
      do throws(SpoolError) { isSure = try spool.submit(submission.bytes, to: queue, as: id) } catch
      {
        throw .spool(error)
      }
      if !isSure, self.id != nil {
        Program(name: "spool").report(
          "unable to look whether \(id) is taken: where it is, the job becomes \(id)-2")
      }
      if !wait { return print(id) }
      try JobOutput.warnWithoutDispatcher(of: spool)
      try JobOutput.show(JobOutput.wait(for: id, in: queue, of: spool, timeout), of: spool)
    }
  }

  private func jobID() throws(CommandError) -> JobID {
    guard let text = id else { return Spool.newID(at: SystemClock.now(), process: getpid()) }
    guard let id = JobID(text) else {
      throw .spool(.badJobName(text, reason: NameRule.objection(to: text) ?? "a temporary name"))
    }
    return id
  }
}

struct Wait: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Wait for the end of a job and exit as its task did.")

  @OptionGroup var spool: SpoolOption
  @OptionGroup var job: JobArgument
  @Option(help: "Wait at most so many seconds.") var timeout: Double?

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      let place = try JobOutput.wait(
        for: job.jobID(), in: job.queueName(), of: spool, timeout)
      if case .failed(_, let status) = try JobResult(place, of: spool) { Self.exit(status) }
    }
  }

  private static func exit(_ status: Int32) -> Never { Glibc.exit(status) }
}

struct Result: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a job's result; of a failed one, why it failed, on standard error.")

  @OptionGroup var spool: SpoolOption
  @OptionGroup var job: JobArgument

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      try JobOutput.show(job.place(in: spool), of: spool)
    }
  }
}

/// What submit, wait and result share.
enum JobOutput {
  static func wait(
    for id: JobID, in queue: QueueName?, of spool: Spool, _ seconds: Double?
  ) throws(CommandError) -> JobPlace {
    let wait: JobWait
    do {
      wait = try JobWait(
        for: id, in: queue, of: spool,
        watchProgram: "\(Program(name: "spool").directory)/spool-watch")
    } catch { throw .system(error) }
    return try wait.wait(atMost: seconds.map { .seconds($0) })
  }

  /// Waiting for a job that nobody takes is rarely what was wanted.
  static func warnWithoutDispatcher(of spool: Spool) throws(CommandError) {
    let isDispatched: Bool
    do { isDispatched = try LifeLock.isHeld(spool.layout.dispatcherLock) } catch {
      throw .system(error)
    }
    if !isDispatched { Program(name: "spool").report("no spoold runs: the job waits for one") }
  }

  /// Prints the result and returns, or prints the failure and exits with its status.
  static func show(_ place: JobPlace, of spool: Spool) throws(CommandError) {
    switch try JobResult(place, of: spool) {
    case .done(let bytes): write(bytes, to: 1)
    case .failed(let report, let status):
      write(report, to: 2)
      exit(status)
    }
  }

  /// A reader that has gone away is no error of ours.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    try? OpenFile(descriptor: dup(descriptor), path: "standard output").write(bytes)
  }
}
