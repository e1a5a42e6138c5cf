// SPDX-License-Identifier: MIT
import SystemCalls

extension Spool {
  /// incoming → active: gives the job to a worker. False where its producer has taken it back meanwhile.
  ///
  /// - Important: the caller has prepared it and made it durable before (``prepare(_:)``,
  ///   ``FileOperations/makeDurable(_:in:of:)``), many at a time.
  package func claim(
    _ candidate: Candidate, for worker: WorkerName, as name: JobName
  ) throws(SystemError) -> Bool {
    try moving(candidate.path) { () throws(SystemError) in
      let file = try isolate(candidate)
      try noteExpiry(of: candidate, in: file)
      try noteDrop(of: candidate, in: file)
      // Commit point: from here on the job is the worker's.
      try files.rename(candidate.path, to: layout.active(name, of: worker))
      if candidate.heir != nil { try refuseExchange(of: file, name, of: worker) }
    }
  }

  /// Where somebody put another file under the name in the instant of the move, it goes back and is examined as any drop:
  /// it may be a link to what the worker's user must not have in his directories.
  private func refuseExchange(
    of file: OpenFile, _ name: JobName, of worker: WorkerName
  ) throws(SystemError) {
    let path = layout.active(name, of: worker)
    guard let now = try files.status(of: path), now.inode != (try file.status().inode) else {
      return
    }
    try returnToIncoming(path, as: name, in: worker.queue)
    throw SystemError("claim", path, .tryAgain)
  }

  /// incoming → incoming: an envelope that lies elsewhere goes to the queue that it names.
  package func route(_ candidate: Candidate, as name: JobName) throws(SystemError) -> Bool {
    try moving(candidate.path) { () throws(SystemError) in
      // A file with another name is a template perhaps, to be dropped once more: it is noted in its copy, at the claim.
      if candidate.status.linkCount == 1 { try noteExpiry(of: candidate, in: candidate.file) }
      // Commit point: the job waits in its own queue.
      try files.rename(candidate.path, to: layout.waiting(name, in: candidate.queue))
    }
  }

  /// incoming → deferred: the job is due later; its bytes are durable before it moves. False where its producer has taken it back meanwhile.
  package func postpone(
    _ candidate: Candidate, until due: Timestamp, as name: JobName
  ) throws(SystemError) -> Bool {
    try moving(candidate.path) { () throws(SystemError) in
      let file = try isolate(candidate)
      try noteExpiry(of: candidate, in: file)
      try files.makeDurable([file], in: [candidate.directory], of: layout.root)
      let target = layout.deferred(name, in: candidate.queue)
      // Commit point: the job waits for its time.
      try files.rename(candidate.path, to: target)
      // A crash before this leaves a job that is due at once: it is released, examined and postponed again.
      try files.setModified(file, to: due)
    }
  }

  /// deferred → incoming: the job is due. False where somebody moved it meanwhile.
  package func release(_ job: JobName, in queue: QueueName) throws(SystemError) -> Bool {
    let source = layout.deferred(job, in: queue)
    return try moving(source) { () throws(SystemError) in
      // Commit point: the job waits for a worker.
      try returnToIncoming(source, as: job, in: queue)
    }
  }

  /// Into incoming/ under its own name, or, where somebody dropped another job of that name, under the next free one.
  func returnToIncoming(
    _ source: String, as job: JobName, in queue: QueueName
  ) throws(SystemError) {
    try move(source, to: .incoming, as: job, in: queue)
  }

  /// Into a queue's directory of a state under its own name, or, where another job has it, under the next free one.
  func move(
    _ source: String, to state: JobState, as job: JobName, in queue: QueueName
  ) throws(SystemError) {
    let directory = layout.directory(of: state, queue)
    do {
      try files.rename(source, to: "\(directory)/\(job)")
    } catch  where error.errno == .fileExists {
      let id = try freeID(for: job.id, attempt: job.attempt, in: queue, besides: source)
      try files.rename(source, to: "\(directory)/\(JobName(id: id, attempt: job.attempt))")
    }
  }

  /// The id itself, or the first of `-2`, `-3`... under which nothing else stands in the queue.
  ///
  /// - Parameters:
  ///   - path: the file that looks for an id.
  ///   - vacant: states in which the queue has no jobs: these are not asked.
  ///   - taken: knows of the jobs in active/.
  package func freeID(
    for id: JobID, attempt: Int = 1, in queue: QueueName, besides path: String,
    vacant: Set<JobState> = [], taken: (JobID) -> Bool = { _ in false }
  ) throws(SystemError) -> JobID {
    var candidate = id
    var number = 2
    while true {
      if !taken(candidate) {
        let stands = try stands(candidate, attempt, in: queue, besides: path, vacant)
        guard stands else { return candidate }
      }
      candidate = id.numbered(number)
      number += 1
    }
  }

  /// Whether a result, an error, a held, deferred or waiting job of this id stands in the queue.
  ///
  /// Of the names of further attempts it looks for the one that the job itself would take.
  private func stands(
    _ id: JobID, _ attempt: Int, in queue: QueueName, besides path: String, _ vacant: Set<JobState>
  ) throws(SystemError) -> Bool {
    var places: [(JobState, String)] = [
      (.results, layout.result(id, in: queue)), (.errors, layout.failed(id, in: queue)),
    ]
    for number in attempt == 1 ? [1] : [1, attempt] {
      let name = JobName(id: id, attempt: number)
      places += [
        (.deferred, layout.deferred(name, in: queue)), (.incoming, layout.waiting(name, in: queue)),
        (.hold, layout.held(name, in: queue)),
      ]
    }
    for (state, place) in places where place != path && !vacant.contains(state) {
      if try exists(place, state) { return true }
    }
    return false
  }

  /// The worker of a queue with a user of its own does not see hold/. Whoever returns from there is given another id by
  /// the dispatcher, who sees all.
  private func exists(_ place: String, _ state: JobState) throws(SystemError) -> Bool {
    do {
      return try files.exists(place)
    } catch  where state == .hold && error.errno == .accessDenied {
      return false
    }
  }

  /// False when the file went away under the moves; its absence is told from the target's.
  func moving(
    _ path: String, _ moves: () throws(SystemError) -> Void
  ) throws(SystemError) -> Bool {
    do {
      try moves()
      return true
    } catch  where error.errno == .noSuchFile {
      guard try !files.exists(path) else { throw error }
      return false
    }
  }
}
