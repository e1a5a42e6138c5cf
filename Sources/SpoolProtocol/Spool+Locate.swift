// SPDX-License-Identifier: MIT
import SystemCalls

/// Where a job was seen.
package struct JobPlace: Hashable, Sendable {
  package let id: JobID
  package let queue: QueueName
  package let state: JobState
  package let path: String
}

extension Spool {
  /// The job of this id, in one queue or in all; more than one place where queues share the id.
  ///
  /// Follows the way of a job, so that one that moves on meanwhile is met later, and looks twice before it says "nowhere".
  package func locate(
    _ id: JobID, in queue: QueueName? = nil
  ) throws(SystemError) -> [JobPlace] {
    let queues = if let queue { [queue] } else { try queues() }
    for _ in 0..<2 {
      var places: [JobPlace] = []
      var failure: SystemError?
      for name in queues {
        do {
          if let place = try place(of: id, in: name) { places.append(place) }
        } catch {
          // Something is wrong with this queue; the job may be in another one.
          failure = error
        }
      }
      if !places.isEmpty { return places }
      if let failure { throw failure }
    }
    return []
  }

  private func place(of id: JobID, in queue: QueueName) throws(SystemError) -> JobPlace? {
    // An end first: beside a result or an error, anything else is on its way out.
    if let place = try end(of: id, in: queue) { return place }
    let states: [JobState] = [.hold, .deferred, .incoming]
    // Most jobs wait for their first attempt: then no listing is read, which may be long.
    for state in states {
      let path = "\(layout.directory(of: state, queue))/\(JobName(id: id))"
      if try files.exists(path) { return JobPlace(id: id, queue: queue, state: state, path: path) }
    }
    for state in states {
      if let job = try jobs(state, in: queue).first(where: { $0.id == id }) {
        let path = "\(layout.directory(of: state, queue))/\(job)"
        return JobPlace(id: id, queue: queue, state: state, path: path)
      }
    }
    for worker in try workers() where worker.queue == queue {
      if let job = try jobs(of: worker).first(where: { $0.id == id }) {
        let path = layout.active(job, of: worker)
        return JobPlace(id: id, queue: queue, state: .active, path: path)
      }
    }
    return try end(of: id, in: queue)
  }

  private func end(of id: JobID, in queue: QueueName) throws(SystemError) -> JobPlace? {
    let ends: [(JobState, String)] = [
      (.results, layout.result(id, in: queue)), (.errors, layout.failed(id, in: queue)),
      (.corrupt, "\(layout.directory(of: .corrupt, queue))/\(JobName(id: id))"),
    ]
    for (state, path) in ends where try files.exists(path) {
      return JobPlace(id: id, queue: queue, state: state, path: path)
    }
    return nil
  }
}
