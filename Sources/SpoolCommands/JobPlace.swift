// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Where a job stands.
package struct JobPlace: Hashable, Sendable {
  package let id: JobID
  package let queue: QueueName
  package let state: JobState
  package let path: String
}

extension Spool {
  /// Where the job of this id stands, in one queue or, where none is named, in the only one that has it.
  package func place(
    of id: JobID, in queue: QueueName?
  ) throws(CommandError) -> JobPlace? {
    var places: [JobPlace] = []
    do {
      let candidates = if let queue { [queue] } else { try queues() }
      for candidate in candidates {
        if let place = try place(of: id, inQueue: candidate) { places.append(place) }
      }
    } catch {
      throw .system(error)
    }
    if places.count > 1 { throw CommandError.ambiguous(id, queues: places.map(\.queue)) }
    return places.first
  }

  /// The end of a job's way first: while it moves on, it is found at one of two looks.
  private func place(
    of id: JobID, inQueue queue: QueueName
  ) throws(SystemError) -> JobPlace? {
    if try files.exists(layout.result(id, in: queue)) {
      return JobPlace(id: id, queue: queue, state: .results, path: layout.result(id, in: queue))
    }
    if try files.exists(layout.failed(id, in: queue)) {
      return JobPlace(id: id, queue: queue, state: .errors, path: layout.failed(id, in: queue))
    }
    for state in [JobState.incoming, .deferred, .hold] {
      for job in try jobs(state, in: queue) where job.id == id {
        let path = "\(layout.directory(of: state, queue))/\(job)"
        return JobPlace(id: id, queue: queue, state: state, path: path)
      }
    }
    for worker in try workers() where worker.queue == queue {
      for job in try jobs(of: worker) where job.id == id {
        let path = layout.active(job, of: worker)
        return JobPlace(id: id, queue: queue, state: .active, path: path)
      }
    }
    return nil
  }
}
