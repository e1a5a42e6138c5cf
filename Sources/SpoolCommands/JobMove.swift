// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// What a person does with a job by mv or rm, with a look at its state before.
package struct JobMove: Sendable {
  package let verb: String
  private let states: Set<JobState>
  private let move: @Sendable (Spool, JobPlace) throws(SystemError) -> Bool

  package static let retry = JobMove(verb: "retry", states: [.errors]) {
    (spool, place) throws(SystemError) in try spool.tryAgain(place)
  }
  package static let hold = JobMove(verb: "hold", states: [.incoming, .deferred, .active]) {
    (spool, place) throws(SystemError) in try spool.hold(place)
  }
  package static let release = JobMove(verb: "release", states: [.hold, .deferred]) {
    (spool, place) throws(SystemError) in try spool.letGo(place)
  }
  package static let run = JobMove(verb: "run", states: [.deferred]) {
    (spool, place) throws(SystemError) in try spool.runNow(place)
  }
  package static let cancel = JobMove(
    verb: "cancel", states: [.incoming, .deferred, .hold, .active]
  ) {
    (spool, place) throws(SystemError) in try spool.cancel(place)
  }

  /// A job that moves on under our hands is looked for so often.
  private static let looks = 5

  package func callAsFunction(
    on id: JobID, in queue: QueueName?, of spool: Spool
  ) throws(CommandError) {
    for _ in 0..<Self.looks {
      guard let place = try spool.place(of: id, in: queue) else { throw .noSuchJob(id.text) }
      guard states.contains(place.state) else { throw .wrongState(verb: verb, place) }
      let isDone: Bool
      do { isDone = try move(spool, place) } catch { throw .system(error) }
      if isDone { return }
    }
    throw .gone(id)
  }
}
