// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// A task's process that stays: a request goes to it for each job, and an answer comes back. It does I/O alone; what
/// an answer means to a job, its worker says.
final class ResidentTask {
  /// Bytes of one answer: they are held in memory, and what is larger belongs among the files.
  static let answerLimit = 64 << 20
  /// What a task has, once its input has ended, to clean up after itself.
  static let grace: Duration = .seconds(5)

  let child: ChildProcess
  let executable: ExecutableFile
  let place: ResidentPlace
  let usage: ProcessUsage
  /// What it had used, and logged, when its last job ended.
  private(set) var used = ProcessUsage.Snapshot()
  private(set) var logSize = 0
  private let loop: EventLoop
  private let answers: OpenFile
  /// Nil once it has been asked to end.
  private var requests: OpenFile?
  /// What the pipe had no room for yet.
  private var outgoing: ArraySlice<UInt8> = []
  private var incoming: [UInt8] = []
  /// Bytes of `incoming` that are known to hold no end of a line.
  private var scanned = 0
  private(set) var jobsAsked = 0
  /// Why it is not asked any more, where it has broken a rule.
  private(set) var fault: ResidentFault?
  private(set) var wasKilled = false
  /// Monotonic; when it is ended if it has not left.
  private(set) var killAt: Int64?

  init(
    _ child: ChildProcess, _ executable: ExecutableFile, _ place: ResidentPlace,
    requests: OpenFile, answers: OpenFile, loop: EventLoop
  ) throws(SystemError) {
    self.child = child
    self.executable = executable
    self.place = place
    self.requests = requests
    self.answers = answers
    self.loop = loop
    usage = try ProcessUsage(of: child)
    try requests.stopWaiting()
    try answers.stopWaiting()
  }

  /// It gets no further job.
  var isLeaving: Bool { requests == nil }

  func attend(
    toAnswers heard: @escaping () -> Void, toEnd ended: @escaping () -> Void
  ) throws(SystemError) {
    try loop.watch(answers.descriptor, heard)
    try loop.watch(child.pidfd.descriptor, ended)
  }

  func stopListening() { loop.forget(answers.descriptor) }

  func forget() {
    if let requests { loop.forget(requests.descriptor) }
    stopListening()
    loop.forget(child.pidfd.descriptor)
  }

  /// Looks what the job that has just ended has taken.
  func settleAccounts() throws(SystemError) {
    used = try usage.look()
    logSize = try place.log.status().size
  }

  func cutLog(_ files: any FileOperations) throws(SystemError) {
    try files.truncate(place.log, to: 0)
    logSize = 0
  }

  // MARK: requests

  func ask(_ request: [UInt8]) throws(SystemError) {
    jobsAsked += 1
    outgoing = request[...]
    try send()
    guard !outgoing.isEmpty, let requests else { return }
    try loop.watch(requests.descriptor, for: .writing) { [unowned self] in
      // What cannot be written will never be answered: the time limit ends that.
      try? send()
      if outgoing.isEmpty { loop.forget(requests.descriptor) }
    }
  }

  private func send() throws(SystemError) {
    guard let requests, !outgoing.isEmpty else { return }
    do {
      while !outgoing.isEmpty { outgoing = outgoing.dropFirst(try requests.writeSome(outgoing)) }
    } catch {
      switch error.errno {
      case .tryAgain: return
      // It has ended, or closed its input: its end or its silence tells.
      case .brokenPipe: outgoing = []
      default: throw error
      }
    }
  }

  /// Asks it to end, by the end of its input; SIGKILL follows after the grace.
  func leave() {
    guard let requests else { return }
    loop.forget(requests.descriptor)
    self.requests = nil
    outgoing = []
    killAt = SystemClock.monotonic() + Self.grace.nanoseconds
  }

  func kill() {
    leave()
    wasKilled = true
    child.sendToGroup(.kill)
  }

  /// It has broken a rule and is not to be asked again.
  func dismiss(for fault: ResidentFault) {
    guard self.fault == nil else { return }
    self.fault = fault
    stopListening()
    // Who is about to end closes its output first, and its end says more: it is waited for.
    if case .closed = fault { leave() } else { kill() }
  }

  // MARK: answers

  enum Reading {
    case nothing
    case line([UInt8])
    case fault(ResidentFault)
  }

  /// The next line that has arrived whole.
  func read() throws(SystemError) -> Reading {
    while true {
      if !incoming.isEmpty, let end = incoming[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(incoming[..<end])
        incoming.removeSubrange(...end)
        scanned = 0
        return .line(line)
      }
      scanned = incoming.count
      guard scanned <= Self.answerLimit else { return .fault(.tooLong(limit: Self.answerLimit)) }
      do {
        let piece = try answers.readSome(1 << 16)
        if piece.isEmpty { return .fault(.closed) }
        incoming += piece
      } catch {
        guard error.errno == .tryAgain else { throw error }
        return .nothing
      }
    }
  }

  /// Whether it has said more than it was asked for.
  var hasMoreToSay: Bool { !incoming.isEmpty }
}
