// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolProtocol
import SystemCalls

/// The tasks of Celery's clients that workers have, or that wait for their time, as one look has found them.
///
/// As with Celery's workers those that nobody has taken yet are not among them: they are seen in the queue.
struct TaskLook {
  struct Scheduled {
    let task: CeleryTaskInfo
    let due: Timestamp
  }

  /// More of those that wait for their time are not shown: there may be a hundred thousand.
  static let limit = 1000

  private(set) var active: [CeleryTaskInfo] = []
  private(set) var reserved: [CeleryTaskInfo] = []
  private(set) var scheduled: [Scheduled] = []

  private let spool: Spool
  private let ids: Set<JobID>

  /// - Parameter ids: jobs that were made of messages.
  init(_ spool: Spool, _ ids: Set<JobID>) throws(SystemError) {
    self.spool = spool
    self.ids = ids
    for queue in try spool.queues() {
      for job in try spool.jobs(.deferred, in: queue) { try noteDeferred(job, in: queue) }
    }
    for worker in try spool.workers() {
      for job in try spool.jobs(of: worker) { try note(job, of: worker) }
    }
    scheduled.sort { ($0.due, $0.task.id) < ($1.due, $1.task.id) }
  }

  private mutating func note(_ job: JobName, of worker: WorkerName) throws(SystemError) {
    let path = spool.layout.active(job, of: worker)
    guard ids.contains(job.id), var task = try task(of: job.id, at: path, in: worker.queue) else {
      return
    }
    guard let beginning = try spool.beginning(of: job, by: worker) else {
      reserved.append(task)
      return
    }
    task.started = beginning.seconds
    task.processID = try spool.processID(of: worker)
    active.append(task)
  }

  private mutating func noteDeferred(
    _ job: JobName, in queue: QueueName
  ) throws(SystemError) {
    let path = spool.layout.deferred(job, in: queue)
    guard scheduled.count < Self.limit, ids.contains(job.id),
      let due = try spool.files.status(of: path)?.modified,
      let task = try task(of: job.id, at: path, in: queue)
    else { return }
    scheduled.append(Scheduled(task: task, due: due))
  }

  /// Of calls one after another clients know the whole.
  private func whole(of message: CeleryMessage) throws(SystemError) -> CeleryMessage? {
    guard let part = CeleryMapCall.Part(message), let id = JobID(part.whole),
      let kept = try spool.files.openIfPresent(spool.layout.message(of: id))
    else { return nil }
    return try? CeleryMessage(parsing: try kept.readAll())
  }

  /// Nil for one that has moved on.
  private func task(
    of id: JobID, at path: String, in queue: QueueName
  ) throws(SystemError) -> CeleryTaskInfo? {
    if let kept = try spool.files.openIfPresent(spool.layout.message(of: id)),
      let message = try? CeleryMessage(parsing: try kept.readAll())
    {
      return CeleryTaskInfo(try whole(of: message) ?? message)
    }
    // Of those whose clients want no result the job alone is left.
    guard let file = try spool.files.openIfPresent(path) else { return nil }
    let job = try? JSONValue(parsing: try file.readAll())
    var task = CeleryTaskInfo(id: id.text, task: queue.text)
    task.args = job?["args"]?.arrayValue ?? []
    task.kwargs = job?["kwargs"]?.objectValue ?? [:]
    task.priority = job?["priority"]?.integerValue ?? 0
    return task
  }
}
