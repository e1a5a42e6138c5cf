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
    var line = Members()
    line.add("id", .string(job.id.text))
    line.add("queue", .string(worker.queue.text))
    line.add("worker", .string(worker.description))
    line.add("attempt", .integer(job.attempt))
    line.add("queued", queued.map { .string($0.iso8601) })
    line.add("started", started.map { .string($0.iso8601) })
    line.add("ended", .string(ended.iso8601))
    line.add("seconds", started.map { .double(Self.rounded((ended - $0) / .seconds(1))) })
    line.add("verdict", .string(verdict))
    line.add("place", place.map { .string($0.rawValue) })
    line.add("exit_status", exitStatus.map { .integer(Int($0)) })
    line.add("signal", signal.map(JSONValue.string))
    line.add("bytes", outputBytes.map(JSONValue.integer))
    line.add("user_seconds", userSeconds.map { .double(Self.rounded($0)) })
    line.add("system_seconds", systemSeconds.map { .double(Self.rounded($0)) })
    line.add("peak_memory", peakMemoryBytes.map(JSONValue.integer))
    line.add("message", message.map(JSONValue.string))
    return line.bytes + Array("}\n".utf8)
  }

  /// The members of an object, written one after another: a line for each job is worth no dictionary.
  private struct Members {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ name: String, _ value: JSONValue?) {
      guard let value else { return }
      bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
      JSONWriter.append(name, value, to: &bytes)
    }
  }

  private static func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
}
