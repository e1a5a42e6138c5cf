// SPDX-License-Identifier: MIT
import SystemCalls

/// The jobs that have not ended, as one look at all of them has found them.
package struct StandingJobs: Sendable {
  package struct Place: Hashable, Sendable {
    package let state: JobState
    package let attempt: Int
  }

  private var places: [QueueName: [JobID: Place]] = [:]
  /// Those whose queue was not there, on their way to corrupt/, or there.
  fileprivate var strays: Set<JobName> = []

  package func place(of id: JobID, in queue: QueueName) -> Place? { places[queue]?[id] }

  func hasStray(_ id: JobID, attempt: Int) -> Bool {
    strays.contains(JobName(id: id, attempt: attempt))
  }

  fileprivate mutating func note(_ jobs: [JobName], _ state: JobState, in queue: QueueName) {
    for job in jobs {
      places[queue, default: [:]][job.id] = Place(state: state, attempt: job.attempt)
    }
  }
}

extension Spool {
  /// Who asks for many jobs asks here: to locate each of them is to list every directory for each.
  ///
  /// Follows the way of a job twice, so that one that moves meanwhile is met; an end is not looked for.
  package func standingJobs() throws(SystemError) -> StandingJobs {
    var standing = StandingJobs()
    let queues = try queues()
    for directory in [layout.directory(of: .incoming), layout.corruptStrays] {
      standing.strays.formUnion(try jobNames(in: directory))
    }
    for _ in 0..<2 {
      for state in [JobState.hold, .deferred, .incoming] {
        for queue in queues { standing.note(try jobs(state, in: queue), state, in: queue) }
      }
      for worker in try workers() {
        standing.note(try jobs(of: worker), .active, in: worker.queue)
      }
    }
    return standing
  }
}
