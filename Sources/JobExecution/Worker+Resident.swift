// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import SystemCalls
import TaskContract

/// Jobs for a resident task: asked of one process, one after another, instead of a process for each.
extension Worker {
  /// Hands a job to the resident task, a new one where there is none; one that has to leave first is waited for.
  func ask(_ order: JobOrder, at now: Timestamp) throws(SystemError) {
    if let resident, resident.executable != order.executable || resident.hasMoreToSay {
      resident.leave()
      waiting.insert(order.name, at: 0)
      return
    }
    if let resident { return try hand(order, to: resident, at: now) }
    switch try startResident(order.executable) {
    case .unable(let failure): refuse(order.name, failure, at: now)
    case .running(let task):
      resident = task
      try hand(order, to: task, at: now)
    }
  }

  private func hand(
    _ order: JobOrder, to task: ResidentTask, at now: Timestamp
  ) throws(SystemError) {
    if let limit = settings.cpuSeconds { try task.usage.limitProcessorTime(to: limit) }
    let hearing = Attempt.Hearing(
      task: task, output: try spool.beginAnswer(to: order.name, of: name),
      logStart: task.logSize, usedBefore: task.used)
    running = Attempt(order, .resident(hearing), child: task.child, started: now)
    try task.ask(order.request(deadline: now + order.limits.soft))
  }

  private enum ResidentStart {
    case running(ResidentTask)
    case unable(Failure)
  }

  private func startResident(_ executable: ExecutableFile) throws(SystemError) -> ResidentStart {
    let place = try spool.makeResidentPlace(of: name)
    let requests = try PipeEnds()
    let answers = try PipeEnds()
    switch try starter.start(
      starter.residentPlan(executable, place, input: requests.reading, output: answers.writing))
    {
    case .unable(let failure): return .unable(failure)
    case .started(let child):
      do {
        let task = try ResidentTask(
          child, executable, place, requests: requests.writing, answers: answers.reading,
          loop: loop)
        try task.attend(
          toAnswers: { [unowned self, unowned task] in hear(task) },
          toEnd: { [unowned self, unowned task] in endResident(task) })
        return .running(task)
      } catch {
        // Nothing would tell of its end.
        child.sendToGroup(.kill)
        Descendants.killAll()
        throw error
      }
    }
  }

  // MARK: answers

  private func hear(_ task: ResidentTask) {
    do {
      repeat {
        switch try task.read() {
        case .nothing: return
        case .fault(let fault): return task.dismiss(for: fault)
        case .line(let line): take(line, from: task)
        }
      } while task.hasMoreToSay
    } catch {
      suffer(error)
    }
  }

  private func take(_ line: [UInt8], from task: ResidentTask) {
    // Words of farewell.
    guard !task.isLeaving else { return }
    guard let attempt = running, case .resident(let hearing) = attempt.leavings else {
      return task.dismiss(for: .spokeUnasked)
    }
    do throws(ResidentFault) {
      let answer = try ResidentAnswer(line, to: attempt.name.id)
      // Only for the log, and for what the next job is measured against.
      do { try task.settleAccounts() } catch { report("\(error)", .error) }
      conclude(attempt, ProcessEnd(answer.status, task.used, less: hearing.usedBefore), answer)
      makeReady(task, after: attempt)
    } catch {
      task.dismiss(for: error)
    }
  }

  /// Writes the answer down as the job's output; why it can be no result, or nil.
  func keep(
    _ answer: ResidentAnswer, _ hearing: Attempt.Hearing, of attempt: Attempt
  ) throws(SystemError) -> String? {
    let directory = hearing.task.place.filesDirectory
    attempt.hasFiles = (try? starter.memory.empty.contains(directory)) != true
    if attempt.hasFiles, let objection = try OutputCheck.objection(toFiles: directory, spool.files)
    {
      return objection
    }
    try spool.files.write(answer.result + [UInt8(ascii: "\n")], to: hearing.output)
    if attempt.hasFiles { try spool.keepFiles(of: attempt.name, of: name) }
    return nil
  }

  /// What the job has left is no other one's; a process that has served long, has grown or was told to end is exchanged.
  private func makeReady(_ task: ResidentTask, after attempt: Attempt) {
    do {
      // The files of a job that is to be published have been moved away.
      let isKept = ended.last?.name == attempt.name
      try spool.clearResidentPlace(of: name, files: !isKept)
      if task.logSize > Self.residentLogLimit { try task.cutLog(spool.files) }
      let isOver =
        task.used.residentBytes > settings.residentMemory
        || task.jobsAsked >= settings.residentJobs || attempt.ending != nil
      guard isOver else { return }
    } catch {
      report("\(name): the resident task is exchanged: \(error)")
    }
    task.leave()
  }

  /// Bytes of log that a resident task may leave before it is cut off; of one job the end is all that is kept.
  private static var residentLogLimit: Int { 1 << 20 }

  // MARK: its end

  private func endResident(_ task: ResidentTask) {
    // What it said last was said before its end.
    if running != nil { hear(task) }
    task.child.sendToGroup(.kill)
    guard resident === task, let end = task.child.reap() else { return }
    task.forget()
    Descendants.killAll()
    resident = nil
    if let fault = task.fault, task.wasKilled {
      report("\(name): the resident task was ended: \(fault)")
      if running?.ending == nil { return fail(because: fault) }
    }
    guard let attempt = running, case .resident(let hearing) = attempt.leavings else { return }
    // It had served, and left as we asked the next job of it: that one was not to blame.
    if end.cause == .exited(0), task.jobsAsked > 1, attempt.ending == nil {
      running = nil
      waiting.insert(attempt.name, at: 0)
      return
    }
    conclude(attempt, end.less(hearing.usedBefore), nil)
  }

  /// The job during which a resident task broke a rule is the one that made it.
  private func fail(because fault: ResidentFault) {
    guard let attempt = running else { return }
    running = nil
    let report = try? TaskReport.read(attempt.leavings, nil, files: spool.files)
    let now = SystemClock.now()
    settle(
      EndedAttempt(name: attempt.name, started: attempt.started, ended: now),
      .bury(
        Failure(
          verdict: Verdict.bug.word, message: "\(fault)", logTail: report?.logTail ?? "")))
  }
}

extension ProcessEnd {
  /// The end of one job: what its process has used since the one before.
  fileprivate init(
    _ status: Int32, _ used: ProcessUsage.Snapshot, less before: ProcessUsage.Snapshot
  ) {
    self.init(
      cause: .exited(status), userSeconds: used.userSeconds - before.userSeconds,
      systemSeconds: used.systemSeconds - before.systemSeconds, peakMemoryBytes: used.peakBytes)
  }

  /// The end of a process, as that of its last job.
  fileprivate func less(_ before: ProcessUsage.Snapshot) -> ProcessEnd {
    ProcessEnd(
      cause: cause, userSeconds: userSeconds - before.userSeconds,
      systemSeconds: systemSeconds - before.systemSeconds, peakMemoryBytes: peakMemoryBytes)
  }
}
