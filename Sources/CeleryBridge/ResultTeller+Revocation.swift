// SPDX-License-Identifier: MIT
import CeleryMessages
import SpoolProtocol
import SystemCalls

/// Tasks that their clients want no more.
extension ResultTeller {
  /// Before the messages are looked at: of those it is about none becomes a job.
  mutating func remember(_ order: ControlOrder) {
    let now = SystemClock.monotonic()
    for id in order.revokedIDs { revoked.insert(id, at: now) }
  }

  /// Clients have taken back what waits, and ask for nothing: as with Celery's workers nobody is told.
  mutating func purge(_ jobs: [TakenMessages.Job]) throws(SystemError) {
    guard !jobs.isEmpty else { return }
    for id in try spool.cancelWaiting(jobs.map { ($0.id, $0.queue) }) { try forget(id) }
    for job in jobs {
      // A chord's second half waits as well, and is no job.
      if unlocks.contains(job.id) {
        unlocks.forget(job.id)
        try forget(job.id)
      } else {
        try purgeCalls(of: job.id)
      }
    }
  }

  /// Of calls one after another the first has to wait: else they run.
  private mutating func purgeCalls(of id: JobID) throws(SystemError) {
    guard let message = try message(of: id), let call = try calls(of: message, id)?.first,
      let first = try self.message(of: call), CeleryMapCall.Part(first)?.number == 1,
      let queue = QueueName(first.task), try !spool.cancelWaiting([(call, queue)]).isEmpty
    else { return }
    try forget(call)
    try forget(id)
  }

  var revokedIDs: [String] { revoked.ids(at: SystemClock.monotonic()) }

  func isRevoked(_ id: String) -> Bool { revoked.contains(id, at: SystemClock.monotonic()) }

  /// A job that waits is given up, one that runs only where its client wants it ended.
  mutating func revoke(_ order: ControlOrder) throws(SystemError) {
    for text in order.revokedIDs {
      let id = CeleryMessage(task: "", id: text).jobID
      var number = 1
      // Those that were sent under the same id later have a number behind it.
      repeat {
        let job = number == 1 ? id : id.numbered(number)
        try revoke(job, of: text, terminates: order.terminates)
        number += 1
      } while try spool.files.exists(spool.layout.message(of: id.numbered(number)))
    }
  }

  private mutating func revoke(
    _ id: JobID, of task: String, terminates: Bool
  ) throws(SystemError) {
    let message = try message(of: id)
    if let message, message.id != task { return }
    if let message, let calls = try calls(of: message, id) {
      for call in calls {
        try revoke(call, try self.message(of: call), terminates: terminates)
      }
    } else {
      try revoke(id, message, terminates: terminates)
    }
  }

  private mutating func revoke(
    _ id: JobID, _ message: CeleryMessage?, terminates: Bool
  ) throws(SystemError) {
    // Where the message is kept it names the queue; nobody is told of the others.
    for place in try spool.locate(id, in: message.flatMap { QueueName($0.task) }) {
      let isRunning = place.state == .active
      guard ![.results, .errors, .corrupt].contains(place.state), !isRunning || terminates,
        try spool.cancel(place)
      else { continue }
      guard let message else {
        try forget(id)
        continue
      }
      let reason = isRunning ? "terminated" : "revoked"
      try end(message, id, with: .revoked(message.id, reason, at: .now))
    }
  }
}
