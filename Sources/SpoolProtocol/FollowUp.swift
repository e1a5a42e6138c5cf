// SPDX-License-Identifier: MIT
import JSONValues

/// A step of a chain: an envelope of a job's `then`, with the id that it gets.
package struct FollowUp: Hashable, Sendable {
  package let id: JobID
  package let queue: QueueName
  let envelope: JSONObject

  /// Its content: all of it where it has an `input` of its own; else what stands before the result, and what after it.
  var pieces: (before: [UInt8], after: [UInt8]?) {
    let arguments = envelope["kwargs"]?.objectValue ?? [:]
    guard arguments["input"] == nil else { return (JSONValue.object(envelope).bytes, nil) }
    var others = envelope
    others["kwargs"] = nil
    // There is a task at least, so that no comma comes first.
    var before = Array(JSONValue.object(others).bytes.dropLast())
    before += Array(#","kwargs":"#.utf8) + JSONValue.object(arguments).bytes.dropLast()
    if !arguments.isEmpty { before.append(UInt8(ascii: ",")) }
    return (before + Array(#""input":"#.utf8), Array("}}".utf8))
  }
}

extension Job {
  /// The steps that come directly after this job, which has the id `id`.
  func followUps(of id: JobID) -> [FollowUp] {
    var taken: Set<JobID> = []
    var steps: [FollowUp] = []
    for (index, envelope) in then.enumerated() {
      // Their form was checked when the job was read.
      guard let job = try? Job(envelope), let queue = job.task else { continue }
      // An id that is wanted twice is that of the first who wants it.
      let wanted = job.id.flatMap { taken.contains($0) ? nil : $0 } ?? id.step(index + 1)
      taken.insert(wanted)
      steps.append(FollowUp(id: wanted, queue: queue, envelope: envelope))
    }
    return steps
  }

  /// Every step after this job, the steps' own steps with them.
  func chain(of id: JobID) -> [FollowUp] {
    followUps(of: id).flatMap { step in
      [step] + ((try? Job(step.envelope))?.chain(of: step.id) ?? [])
    }
  }
}
