// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// One finished attempt: a line of log/jobs.jsonl.
package struct AttemptRecord: Hashable, Sendable {
  package var job: JobName
  package var worker: WorkerName
  /// When it began to wait for this attempt: the modification time of the job's file, which is that of the drop, and
  /// of a job that was put off, the time at which it was due.
  package var queued: Timestamp?
  package var started: Timestamp?
  package var ended: Timestamp
  package var verdict: String
  /// Where the job stands now: `results`, `deferred`, `errors`, `incoming`.
  package var place: JobState?
  package var exitStatus: Int32?
  package var signal: String?
  package var outputBytes: Int?
  package var userSeconds: Double?
  package var systemSeconds: Double?
  package var peakMemoryBytes: Int?
  package var message: String?

  package init(
    job: JobName, worker: WorkerName, verdict: String, place: JobState?, started: Timestamp?,
    ended: Timestamp
  ) {
    self.job = job
    self.worker = worker
    self.verdict = verdict
    self.place = place
    self.started = started
    self.ended = ended
  }

  package var line: [UInt8] {
    let members: JSONObject = [
      "id": .string(job.id.text), "queue": .string(worker.queue.text),
      "worker": .string(worker.description), "attempt": .integer(job.attempt),
      "queued": queued.map { .string($0.iso8601) } ?? .null,
      "started": started.map { .string($0.iso8601) } ?? .null, "ended": .string(ended.iso8601),
      "seconds": started.map { .double(Self.rounded((ended - $0) / .seconds(1))) } ?? .null,
      "verdict": .string(verdict), "place": place.map { .string($0.rawValue) } ?? .null,
      "exit_status": exitStatus.map { .integer(Int($0)) } ?? .null,
      "signal": signal.map(JSONValue.string) ?? .null,
      "bytes": outputBytes.map(JSONValue.integer) ?? .null,
      "user_seconds": userSeconds.map { .double(Self.rounded($0)) } ?? .null,
      "system_seconds": systemSeconds.map { .double(Self.rounded($0)) } ?? .null,
      "peak_memory": peakMemoryBytes.map(JSONValue.integer) ?? .null,
      "message": message.map(JSONValue.string) ?? .null,
    ]
    return JSONValue.object(members.filter { !$0.value.isNull }).bytes + [UInt8(ascii: "\n")]
  }

  private static func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
}
