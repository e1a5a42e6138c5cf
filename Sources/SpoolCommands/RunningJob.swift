// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

/// A job that a worker has begun, as `spool top` shows it.
package struct RunningJob: Hashable, Sendable {
  package let job: JobName
  package let worker: WorkerName
  /// When its attempt began.
  package let started: Timestamp
  /// What the task last wrote into its `progress`; nil where it tells nothing.
  package let progress: Progress?

  /// How far a task says that it is.
  package struct Progress: Hashable, Sendable {
    package let done: Double
    package let total: Double?
  }

  /// Every job whose run has begun, worker by worker.
  package static func all(of spool: Spool) throws(SystemError) -> [RunningJob] {
    var running: [RunningJob] = []
    for worker in try spool.workers() {
      for job in try spool.jobs(of: worker).sorted(by: { $0.id < $1.id }) {
        guard let begun = try spool.beginning(of: job, by: worker) else { continue }
        running.append(
          RunningJob(
            job: job, worker: worker, started: begun,
            progress: Progress(at: try spool.progress(of: job.id, by: worker), spool.files)))
      }
    }
    return running
  }

  /// The cells of ``columns``.
  package func cells(at now: Timestamp) -> [String] {
    [
      worker.description, job.id.text, "\(job.attempt)", QueueStatus.age(now - started),
      progress?.text ?? "-",
    ]
  }

  package static let columns = ["WORKER", "JOB", "TRY", "AGE", "PROGRESS"]
}

extension RunningJob.Progress {
  /// More is no progress.
  private static let sizeLimit = 4096

  /// Nil for whatever is no `{"done": NUMBER, "total": NUMBER}`: the file is the task's own, and may be anything.
  init?(at path: String, _ files: any FileOperations) {
    guard let file = try? files.open(path, .read), (try? file.status())?.kind == .regular,
      let bytes = try? file.readAll(limit: Self.sizeLimit),
      let document = try? JSONValue(parsing: bytes),
      let done = document["done"]?.doubleValue, done.isFinite
    else { return nil }
    self.done = done
    total = document["total"]?.doubleValue.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
  }

  /// `3/10 30%`, or `3` where no total is known.
  var text: String {
    guard let total else { return Self.number(done) }
    let share = Int((100 * min(max(done / total, 0), 1)).rounded(.down))
    return "\(Self.number(done))/\(Self.number(total)) \(share)%"
  }

  private static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
