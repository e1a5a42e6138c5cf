// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// Why a job failed: the content of its `.error`, one JSON object on one line.
package struct FailureReport: Hashable, Sendable {
  package var job: JobName
  package var worker: WorkerName
  /// A word of sysexits(3), or `crashed`, `poison`, `timed out`, `too much output`...
  package var verdict: String
  package var exitStatus: Int32?
  package var signal: String?
  /// One sentence, the task's own where it gave one.
  package var message: String
  /// Superset's form: objects with at least a `message`; what the error event carries.
  package var errors: [JSONValue]
  /// Elements with a key and a time: where the cache layer is to keep this document.
  package var cache: [JSONValue] = []
  /// The end of what the task wrote to stderr.
  package var logTail: String
  package var ended: Timestamp
  /// The steps of its chain that are not enqueued, for as long as it has failed.
  package var notRun: [FollowUp] = []

  package init(
    job: JobName, worker: WorkerName, verdict: String, message: String, ended: Timestamp,
    exitStatus: Int32? = nil, signal: String? = nil, errors: [JSONValue] = [], logTail: String = ""
  ) {
    self.job = job
    self.worker = worker
    self.verdict = verdict
    self.message = message
    self.ended = ended
    self.exitStatus = exitStatus
    self.signal = signal
    self.errors = errors.isEmpty ? [["message": .string(message)]] : errors
    self.logTail = logTail
  }

  package static func poison(
    _ job: JobName, of worker: WorkerName, crashes: Int, at now: Timestamp
  ) -> FailureReport {
    FailureReport(
      job: job, worker: worker, verdict: "poison",
      message: "it brought its worker or its process down \(crashes) times", ended: now)
  }

  package var bytes: [UInt8] {
    let document: JSONValue = [
      "id": .string(job.id.text), "queue": .string(worker.queue.text),
      "attempt": .integer(job.attempt), "worker": .string(worker.description),
      "verdict": .string(verdict),
      "exit_status": exitStatus.map { .integer(Int($0)) } ?? .null,
      "signal": signal.map(JSONValue.string) ?? .null, "message": .string(message),
      "errors": .array(errors), "ended": .string(ended.iso8601), "stderr": .string(logTail),
    ]
    guard !notRun.isEmpty || !cache.isEmpty, var members = document.objectValue else {
      return document.bytes + [UInt8(ascii: "\n")]
    }
    if !cache.isEmpty { members["cache"] = .array(cache) }
    if !notRun.isEmpty {
      members["message"] = .string("\(message); \(stop)")
      members["not_run"] = .array(notRun.map(\.summary))
    }
    return JSONValue.object(members).bytes + [UInt8(ascii: "\n")]
  }

  /// Steps that the message names; the others are counted.
  private static let namedSteps = 3

  private var stop: String {
    let named = notRun.prefix(Self.namedSteps).map { "\($0.id) (\($0.queue))" }
    let rest = notRun.count - named.count
    let names = named.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    return "the chain stops before \(names)"
  }
}
