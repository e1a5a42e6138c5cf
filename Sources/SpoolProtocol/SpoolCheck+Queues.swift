// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

extension SpoolCheck {
  /// What stands in a queue's directory of a state other than active.
  mutating func checkQueue(_ queue: QueueName, in state: JobState) throws(SystemError) {
    let directory = layout.directory(of: state, queue)
    let names = try names(in: directory)
    switch state {
    case .incoming, .deferred, .hold: try checkJobs(names, of: queue, in: state)
    case .results: try checkResults(Set(names), of: queue)
    case .errors: try checkErrors(Set(names), of: queue)
    case .corrupt: try checkCorrupt(Set(names), in: directory)
    case .active: break
    }
  }

  private mutating func checkJobs(
    _ names: [String], of queue: QueueName, in state: JobState
  ) throws(SystemError) {
    for name in names where !NameRule.isProducersOwn(name) {
      let path = "\(layout.directory(of: state, queue))/\(name)"
      guard let job = JobName(fileName: name) else {
        find(path, "cannot be a job: \(NameRule.objection(to: name) ?? "it does not end in .json")")
        continue
      }
      guard try isRegular(path) else { continue }
      report.jobs += 1
      // A first attempt in incoming/ is a newcomer: where its id is taken, it gets another.
      if state != .incoming || job.attempt > 1 { note(job.id, of: queue, at: path) }
    }
  }

  private mutating func checkResults(
    _ names: Set<String>, of queue: QueueName
  ) throws(SystemError) {
    let directory = layout.directory(of: .results, queue)
    for name in names.sorted() {
      let path = "\(directory)/\(name)"
      if let id = id(name, ".json") {
        guard try isRegular(path) else { continue }
        report.jobs += 1
        note(id, of: queue, at: path)
        if try !isJSON(path) { find(path, "is no result: its content is not JSON") }
      } else if let id = id(name, ".files") {
        if try kind(of: path) != .directory { find(path, "is not a directory") }
        // Files are there before their result is: the job may still be on its way.
        if !names.contains("\(id).json"), try !stands(id, in: queue) {
          find(path, "are files without a result")
        }
      } else {
        find(path, "is neither NAME.json nor NAME.files")
      }
    }
  }

  private mutating func checkErrors(
    _ names: Set<String>, of queue: QueueName
  ) throws(SystemError) {
    for name in names.sorted() {
      let path = "\(layout.directory(of: .errors, queue))/\(name)"
      guard try isRegular(path) else { continue }
      if let id = id(name, ".json") {
        report.jobs += 1
        note(id, of: queue, at: path)
        if !names.contains("\(id).error") { find(path, "failed without a reason: no .error") }
      } else if let id = id(name, ".error") {
        // The reason is there before the job is, and stays while a failed job is tried again.
        if !names.contains("\(id).json"), try !stands(id, in: queue) {
          find(path, "is the reason of a job that is not there")
        }
      } else {
        find(path, "is neither NAME.json nor NAME.error")
      }
    }
  }

  private mutating func checkCorrupt(
    _ names: Set<String>, in directory: String
  ) throws(SystemError) {
    for name in names.sorted() {
      let path = "\(directory)/\(name)"
      if name.hasSuffix(".reason") {
        if !names.contains(String(name.dropLast(".reason".count))) {
          find(path, "is the reason of a file that is not there")
        }
      } else {
        report.jobs += 1
        if !names.contains("\(name).reason") { find(path, "was set aside without a .reason") }
      }
    }
  }

  // MARK: pieces

  mutating func note(_ id: JobID, of queue: QueueName, at path: String) {
    places[queue, default: [:]][id, default: []].append(path)
  }

  mutating func isRegular(_ path: String) throws(SystemError) -> Bool {
    guard let kind = try kind(of: path) else { return false }
    if kind != .regular { find(path, "is \(kind.rawValue), not a regular file") }
    return kind == .regular
  }

  private func id(_ name: String, _ suffix: String) -> JobID? {
    name.hasSuffix(suffix) ? JobID(String(name.dropLast(suffix.count))) : nil
  }

  /// Whether the job is still on its way: waiting, deferred, held or with a worker.
  private func stands(_ id: JobID, in queue: QueueName) throws(SystemError) -> Bool {
    for state in [JobState.incoming, .deferred, .hold] {
      if try spool.jobs(state, in: queue).contains(where: { $0.id == id }) { return true }
    }
    for worker in try spool.workers() where worker.queue == queue {
      if try spool.jobs(of: worker).contains(where: { $0.id == id }) { return true }
    }
    return false
  }

  /// True also for what went away meanwhile.
  private func isJSON(_ path: String) throws(SystemError) -> Bool {
    let file: OpenFile
    do {
      file = try spool.files.open(path, .read)
    } catch  where error.errno == .noSuchFile {
      return true
    }
    var validator = JSONValidator()
    while true {
      let piece = try file.readSome(1 << 16)
      if piece.isEmpty { return validator.isComplete() }
      guard validator.feed(piece) else { return false }
    }
  }
}
