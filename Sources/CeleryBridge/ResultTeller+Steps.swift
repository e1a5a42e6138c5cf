// SPDX-License-Identifier: MIT
import CeleryMessages
import SpoolProtocol
import SystemCalls

/// What comes after a job: the next link of its chain, callbacks, the body of a chord.
extension ResultTeller {
  /// Makes jobs of messages; whoever asks for one that cannot be a job, or was revoked before, is told so.
  mutating func send(_ messages: [CeleryMessage], from origin: Origin) throws(SystemError) {
    var jobs: [Message] = []
    var sent: [CeleryMessage] = []
    for message in messages {
      guard !isRevoked(message.id) else {
        try end(message, with: .revoked(message.id, "revoked", at: .now), from: origin)
        continue
      }
      let bytes = message.bytes(deliveryTag: message.id)
      do throws(CeleryJobError) {
        jobs.append(
          try message.message(
            from: .bytes(bytes), hasResults: results != nil, since: origin.since))
        sent.append(message)
      } catch {
        try end(message, with: error.result(of: message), from: origin)
      }
    }
    guard !jobs.isEmpty else { return }
    let accepted = try spool.accept(jobs, besides: try known(after: origin.job))
    for (job, message) in zip(accepted, sent) {
      if job.stood, job.isKept { suspect(job.id) }
      if job.job == nil { try adopt(message, job.id) }
    }
  }

  /// Lets those chords go on whose headers are done, as far as that leads.
  mutating func goOn() throws(SystemError) {
    guard let results else { return }
    while true {
      let due = unlocks.takeDue()
      guard !due.isEmpty else { return }
      for (id, pending) in due {
        var failure: SystemError?
        let state = pending.unlock.state { other in
          do throws(SystemError) { return try results.result(of: other) } catch {
            failure = error
            return nil
          }
        }
        if let failure { throw failure }
        try goOn(id, pending, state)
      }
    }
  }

  private mutating func goOn(
    _ id: JobID, _ pending: ChordUnlocks.Pending, _ state: CeleryChordUnlock.State
  ) throws(SystemError) {
    switch state {
    case .waiting: return
    case .ready(let values):
      let origin = CelerySteps.Origin.after(pending.message)
      var steps = CelerySteps()
      do {
        steps = try pending.unlock.steps(after: values, of: pending.message, from: origin)
      } catch {
        report("\(id): unable to go on with its chord: \(error)", .error)
      }
      try send(steps.messages, from: try self.origin(id))
    case .failed(let part, let exception):
      let error = CeleryChordUnlock.exception(because: part, exception)
      for message in (try? pending.unlock.failingSteps()) ?? [] {
        let result = CeleryResult.failure(
          message.id, error, traceback: "\(error)\n", at: .now)
        try fail(message, with: result, from: try origin(id))
      }
    }
    unlocks.forget(id)
    try forget(id)
  }
}

extension CelerySteps.Origin {
  /// Ids that are the same when it is done again after a crash.
  static func after(_ message: CeleryMessage) -> CelerySteps.Origin {
    var number = 0
    return CelerySteps.Origin(now: .now) {
      number += 1
      return "\(message.id).\(number)"
    }
  }
}

extension CeleryInstant {
  static var now: CeleryInstant {
    CeleryInstant(microseconds: SystemClock.now().nanoseconds / 1_000)
  }
}
