// SPDX-License-Identifier: MIT
import SystemCalls

/// The moves that a person makes, with mv and rm or with spool(1); false where the job had moved on meanwhile.
extension Spool {
  /// errors → incoming: a failed job is tried again from its first attempt; its .error stays until it succeeds.
  package func tryAgain(_ place: JobPlace) throws(SystemError) -> Bool {
    try moving(place, to: .incoming) { () throws(SystemError) in
      // Crashes of the tries before would make the next one poison at once.
      try forgetAttempts(at: place.path)
      // Commit point: the job waits.
      try returnToIncoming(place.path, as: JobName(id: place.id), in: place.queue)
    }
  }

  /// A file with other names may be anybody's, where who runs the queue's tasks owns errors/QUEUE: it keeps what it has.
  private func forgetAttempts(at path: String) throws(SystemError) {
    let file = try files.open(path, .read)
    guard try file.status().linkCount == 1 else { return }
    _ = try files.setAttribute(Self.crashAttribute, of: file, to: "")
    guard try noted(Self.expiryAttribute, in: file) != nil else { return }
    _ = try files.setAttribute(Self.expiryAttribute, of: file, to: "")
  }

  /// incoming, deferred, active → hold: no program touches the job until it is let go; its task, where it runs, is ended.
  package func hold(_ place: JobPlace) throws(SystemError) -> Bool {
    let target = "\(layout.directory(of: .hold, place.queue))/\(place.path.lastPathPart)"
    return try moving(place, to: .hold) { () throws(SystemError) in
      // Commit point: the job is held.
      try files.rename(place.path, to: target)
    }
  }

  /// hold, deferred → incoming: the job waits for a worker from now on.
  package func letGo(_ place: JobPlace) throws(SystemError) -> Bool {
    guard let name = JobName(fileName: place.path.lastPathPart) else { return false }
    return try moving(place, to: .incoming) { () throws(SystemError) in
      // Commit point: the job waits.
      try returnToIncoming(place.path, as: name, in: place.queue)
    }
  }

  /// deferred → incoming: the job waits for a worker from now on, whatever time it was to wait for.
  package func runNow(_ place: JobPlace) throws(SystemError) -> Bool {
    let isThere = try moving(place.path) { () throws(SystemError) in
      let bytes = try files.contents(of: place.path)
      // The time by which a job is known that was deferred for its eta and has been moved back since.
      if let eta = (try? Job(parsing: bytes))?.eta, eta > SystemClock.now() {
        try files.setModified(place.path, to: eta)
      }
    }
    guard isThere else { return false }
    return try letGo(place)
  }

  /// The job is given up; its task, where it runs, is ended by its worker.
  package func cancel(_ place: JobPlace) throws(SystemError) -> Bool {
    // Commit point: the job is no more.
    let isDone = try moving(place.path) { () throws(SystemError) in try files.unlink(place.path) }
    if isDone { try files.syncDirectory(place.path.parentPath) }
    return isDone
  }

  /// A move that is durable when it returns.
  private func moving(
    _ place: JobPlace, to state: JobState, _ move: () throws(SystemError) -> Void
  ) throws(SystemError) -> Bool {
    guard try moving(place.path, move) else { return false }
    try files.syncDirectory(layout.directory(of: state, place.queue))
    try files.syncDirectory(place.path.parentPath)
    return true
  }
}
