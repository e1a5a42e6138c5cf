// SPDX-License-Identifier: MIT
import SystemCalls

/// What a job's `then` asks for, once the job is done.
extension Spool {
  /// Steps that are written at once, each with an open descriptor.
  private static let stepsAtOnce = 64

  /// results → incoming: enqueues the steps after jobs whose results stand, before their files go.
  ///
  /// Exactly once: where a crash broke it off, those that stand anywhere already are not enqueued again. A worker with a
  /// user of its own cannot see that, so that its steps may come twice.
  ///
  /// - Parameter results: the ids of their results, where these are not those of the jobs.
  func enqueueFollowUps(
    of jobs: [JobName], of worker: WorkerName, results: [JobName: JobID] = [:]
  ) throws(SystemError) {
    guard !jobs.isEmpty else { return }
    // Its user may look into no other queue, and put nothing there: whoever routes envelopes does it.
    let entrance = try isSeparate(worker) ? worker.queue : nil
    var steps: [(FollowUp, result: String)] = []
    for job in jobs {
      let result = layout.result(results[job] ?? job.id, in: worker.queue)
      for step in try missingFollowUps(of: job, of: worker, result: result, through: entrance) {
        steps.append((step, result))
        guard steps.count == Self.stepsAtOnce else { continue }
        try enqueue(steps, through: entrance)
        steps = []
      }
    }
    if !steps.isEmpty { try enqueue(steps, through: entrance) }
  }

  private func missingFollowUps(
    of job: JobName, of worker: WorkerName, result: String, through entrance: QueueName?
  ) throws(SystemError) -> [FollowUp] {
    let path = layout.active(job, of: worker)
    guard let bytes = try files.openIfPresent(path)?.readAll() else { return [] }
    let steps = (try? Job(parsing: bytes))?.followUps(of: job.id) ?? []
    // A job that was not run has no result to go on with.
    guard !steps.isEmpty, try duplicate(at: result) == nil else {
      return []
    }
    // What has become of them nobody there can see: after a crash they may come twice.
    if entrance != nil { return steps }
    if let round = try files.attribute(Self.roundAttribute, of: path).flatMap({ Int($0) }) {
      return try missing(steps.map { $0.inRound(round) })
    }
    let round = try freeRound(for: steps)
    // Before the first of them: after a crash it is known which of those that stand there are ours.
    guard try files.setAttribute(Self.roundAttribute, of: path, to: "\(round)") else {
      return try missing(steps)
    }
    return steps.map { $0.inRound(round) }
  }

  /// Those that stand nowhere.
  private func missing(_ steps: [FollowUp]) throws(SystemError) -> [FollowUp] {
    var missing: [FollowUp] = []
    for step in steps { if try !stands(step) { missing.append(step) } }
    return missing
  }

  /// The first number for their ids with which none is another job's.
  private func freeRound(for steps: [FollowUp]) throws(SystemError) -> Int {
    var round = 1
    var index = 0
    while index < steps.count {
      let isTaken = try isTaken(steps[index].inRound(round))
      round += isTaken ? 1 : 0
      index = isTaken ? 0 : index + 1
    }
    return round
  }

  /// Whether another job has the id, as far as single looks tell: the dispatcher numbers what they miss.
  private func isTaken(_ step: FollowUp) throws(SystemError) -> Bool {
    var active: Set<JobID> = []
    for worker in try workers() where worker.queue == step.queue {
      active.formUnion(try jobs(of: worker).map(\.id))
    }
    let free = try freeID(for: step.id, in: step.queue, besides: "") { active.contains($0) }
    if free != step.id { return true }
    return try standsAsStray(step.id)
  }

  /// Whether it was enqueued already, wherever it is now.
  private func stands(_ step: FollowUp) throws(SystemError) -> Bool {
    if try standsAsStray(step.id) { return true }
    return try !locate(step.id, in: step.queue).isEmpty
  }

  /// - Parameter entrance: the queue in whose directory they are dropped, instead of each in its own.
  private func enqueue(
    _ steps: [(FollowUp, result: String)], through entrance: QueueName?
  ) throws(SystemError) {
    var targets: [String] = []
    var written: [OpenFile] = []
    for (step, result) in steps {
      let target = try place(of: step, through: entrance)
      targets.append(target)
      written.append(try write(step, with: result, as: target.asidePath))
    }
    let directories = Set(targets.map(\.parentPath))
    try files.makeDurable(written, in: [], of: layout.root)
    for (target, step) in zip(targets, steps) { try drop(step.0, at: target) }
    try files.syncDirectories(directories, of: layout.root)
  }

  private func drop(_ step: FollowUp, at target: String) throws(SystemError) {
    var place = target
    var number = 2
    while true {
      do {
        // Commit point: the step waits.
        return try files.rename(target.asidePath, to: place)
      } catch  where error.errno == .fileExists {
        // Ours, from before a crash; or dropped by somebody since we looked.
        if try isSame(place, target.asidePath) { return try files.unlink(target.asidePath) }
        place = "\(target.parentPath)/\(JobName(id: step.id.numbered(number)))"
        number += 1
      }
    }
  }

  private func isSame(_ path: String, _ other: String) throws(SystemError) -> Bool {
    guard let file = try files.openIfPresent(path), let twin = try files.openIfPresent(other),
      try file.status().size == twin.status().size
    else { return false }
    return try file.readAll() == twin.readAll()
  }

  /// In its queue; where there is none, in incoming/ itself, as an envelope of a person: the dispatcher says why it cannot run.
  private func place(
    of step: FollowUp, through entrance: QueueName?
  ) throws(SystemError) -> String {
    let queue = entrance ?? step.queue
    let name = JobName(id: step.id)
    return try isQueue(queue)
      ? layout.waiting(name, in: queue) : "\(layout.directory(of: .incoming))/\(name)"
  }

  /// The result goes in byte for byte, whatever its size: what is too large for a job the dispatcher says.
  private func write(
    _ step: FollowUp, with result: String, as path: String
  ) throws(SystemError) -> OpenFile {
    try files.unlinkIfPresent(path)
    let file = try files.open(path, .create)
    let (before, after) = step.pieces
    try files.write(before, to: file)
    guard let after else { return file }
    let source = try files.open(result, .read)
    while true {
      let piece = try source.readSome(1 << 16)
      if piece.isEmpty { break }
      try files.write(piece, to: file)
    }
    try files.write(after, to: file)
    return file
  }

  /// On the job that they follow: the number that the ids of its steps have got, since some were taken. 1 adds none.
  private static let roundAttribute = "spool.then"
}

extension FollowUp {
  fileprivate func inRound(_ round: Int) -> FollowUp {
    round == 1 ? self : FollowUp(id: id.numbered(round), queue: queue, envelope: envelope)
  }
}
