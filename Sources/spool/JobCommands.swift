// SPDX-License-Identifier: MIT
import ArgumentParser
import Glibc
import ProgramStart
import SpoolCommands
import SpoolProtocol
import SystemCalls
import TaskContract

struct Submit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Enqueue a job; the id is printed when it is safe on disk.")

  @OptionGroup var spool: SpoolOption
  @Argument(help: "The queue.") var queue: String
  @Argument(help: "A JSON object: keyword arguments or an envelope. Standard input where missing.")
  var file: String?
  @Option(help: "The job's id; else the envelope's; made up where missing.") var id: String?
  @Option(help: "Make it a member of this group: its id begins with the name and +.")
  var group: String?
  @OptionGroup var members: EnvelopeArguments
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
        reading: input, named: file ?? input.path, for: queue, of: spool, with: members.options())
      let id = try jobID(submission.id)
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

  private func jobID(_ wanted: JobID?) throws(CommandError) -> JobID {
    let own = try id.map { text throws(CommandError) in try JobID(option: text) } ?? wanted
    let id = own ?? Spool.newID(at: SystemClock.now(), process: getpid())
    guard let group else { return id }
    return try JobID(option: JobID(option: group).text + "+" + id.text)
  }
}

/// Members of the envelope, in Celery's words.
struct EnvelopeArguments: ParsableArguments {
  @Option(help: "0 to 9, 9 first.") var priority: Int?
  @Option(help: "Not before this moment, in ISO 8601.") var eta: String?
  @Option(help: "Not before so many seconds have passed.") var countdown: Double?
  @Option(help: "Not after this moment, in ISO 8601, or so many seconds.") var expires: String?
  @Option(help: "How many more tries are allowed.") var retries: Int?
  @Option(help: "Of the jobs that wait with this key one is run.") var unique: String?
  @Option(help: "A file with an envelope, or a list of them, to enqueue after success; repeatable.")
  var then: [String] = []

  func options() throws(CommandError) -> EnvelopeOptions {
    var options = EnvelopeOptions()
    options.priority = priority
    options.eta = eta
    options.countdown = countdown
    options.expires = expires
    options.retries = retries
    options.unique = unique
    for file in then {
      do { options.then.append((file, try SystemFiles().contents(of: file))) } catch {
        throw .system(error)
      }
    }
    return options
  }

  func validate() throws {
    if eta != nil, countdown != nil { throw ValidationError("--eta or --countdown, not both") }
    // A hundred years, as for every number of seconds in an envelope.
    if let countdown, !(0...100 * 365 * 86400).contains(countdown) {
      throw ValidationError("--countdown is no number of seconds")
    }
  }
}

struct Wait: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Wait for the end of a job, a chain or a group and exit as its task did.")

  @OptionGroup var spool: SpoolOption
  @Argument(help: "The job's id: its file name without .json.") var id: String?
  @Option(help: "The queue, where the id stands in several.") var queue: String?
  @Flag(help: "Also for the steps that follow the job.") var chain = false
  @Option(help: "Instead of a job, for all members of this group.") var group: String?
  @Option(help: "Wait at most so many seconds.") var timeout: Double?

  func validate() throws {
    guard (id == nil) != (group == nil) else { throw ValidationError("a job or a --group") }
    if chain, group != nil { throw ValidationError("--chain is of a job, not of a group") }
  }

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      let queue = try queue.map { text throws(CommandError) in try QueueName(option: text) }
      if let group { return try waitForAll(.group(JobID(option: group), in: queue), of: spool) }
      guard let id else { return }
      let job = JobArgument.id(in: id)
      guard let job else { throw .noSuchJob(id) }
      if chain { return try waitForAll(.chain(job, in: queue), of: spool) }
      let place = try JobOutput.wait(for: job, in: queue, of: spool, timeout)
      if case .failed(_, let status) = try JobResult(place, of: spool) { Self.exit(status) }
    }
  }

  /// What fails is told when it is seen, on standard error; how far it is, on standard output.
  private func waitForAll(_ pattern: GroupPattern, of spool: Spool) throws(CommandError) {
    let output = ProgressOutput(
      to: OpenFile(descriptor: dup(1), path: "standard output"),
      report: Program(name: "spool").report)
    let limit = timeout.map { Duration.seconds($0) }
    let end = try GroupWait(pattern, of: spool).wait(atMost: limit) { look, failed in
      for member in failed { output.complain(Self.complaint(about: member, in: spool)) }
      output.show(GroupProgress(look))
    }
    output.end()
    for member in end.gone { output.complain("\(member.id) of \(member.queue) has been removed") }
    if end.held > 0 { output.complain("\(end.held) are held, and are not waited for") }
    if let first = end.failed.first { Self.exit(Self.status(of: first, in: spool)) }
    if !end.gone.isEmpty { Self.exit(Verdict.noInput.rawValue) }
    if end.held > 0 { Self.exit(Verdict.tryLater.rawValue) }
  }

  private static func complaint(about member: GroupLook.Member, in spool: Spool) -> String {
    "\(member.id) of \(member.queue) failed: \(GroupFailure(member, of: spool).message)"
  }

  private static func status(of member: GroupLook.Member, in spool: Spool) -> Int32 {
    GroupFailure(member, of: spool).exitStatus
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
  /// The last place of a job, or, where it was not run, of the one that stands for it.
  static func wait(
    for id: JobID, in queue: QueueName?, of spool: Spool, _ seconds: Double?
  ) throws(CommandError) -> JobPlace {
    // For ever, where it is no number of seconds that anybody counts.
    let limit = seconds.flatMap { $0 < 1e9 ? Duration.seconds(max(0, $0)) : nil }
    return try JobWait.end(
      of: id, in: queue, of: spool,
      watchProgram: "\(Program(name: "spool").directory)/spool-watch", atMost: limit)
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
