// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolProtocol
import SystemCalls

/// What clients are answered who ask a worker, as `celery inspect` does: in the form in which Celery's workers do it.
struct ControlAnswers {
  let spool: Spool
  /// `celery@HOST`.
  let worker: String
  /// Celery's, whose messages are taken.
  let queues: [String]
  let processID: Int
  /// By the monotonic clock.
  let started: Int64
  /// How many jobs have ended, by task.
  private var done: [QueueName: Int] = [:]
  private var answers = 0

  init(_ spool: Spool, worker: String, queues: [String], processID: Int) {
    self.spool = spool
    self.worker = worker
    self.queues = queues
    self.processID = processID
    started = SystemClock.monotonic()
  }

  mutating func note(_ end: JobEnd) { done[end.queue, default: 0] += 1 }

  /// What an answer may need to know of what others here hold.
  struct Knowledge {
    /// Jobs that were made of messages.
    let jobs: () throws(SystemError) -> Set<JobID>
    let revoked: () -> [String]
  }

  mutating func answer(
    to message: CeleryControlMessage, knowing knowledge: Knowledge
  ) throws(SystemError) -> JSONValue {
    answers += 1
    switch message.method {
    case "ping": return ["ok": "pong"]
    case "clock": return ["clock": .integer(answers)]
    case "revoked", "dump_revoked": return .array(knowledge.revoked().map(JSONValue.string))
    case "registered", "dump_tasks":
      return .array(try spool.queues().map { .string($0.text) })
    case "active_queues": return .array(queues.map(Self.description))
    case "stats": return try stats()
    case "revoke", "terminate":
      let ids = message.revokedIDs.map { "'\($0)'" }.joined(separator: ", ")
      return ["ok": .string("tasks {\(ids)} flagged as revoked")]
    case "active", "dump_active", "reserved", "dump_reserved", "scheduled", "dump_schedule",
      "query_task":
      return answer(to: message, about: try TaskLook(spool, try knowledge.jobs()))
    default:
      return ["error": .string("'\(message.method)' is nothing that superset-spool does")]
    }
  }

  private func answer(
    to message: CeleryControlMessage, about look: TaskLook
  ) -> JSONValue {
    switch message.method {
    case "active", "dump_active": return list(look.active)
    case "reserved", "dump_reserved": return list(look.reserved)
    case "scheduled", "dump_schedule":
      return .array(
        look.scheduled.map { scheduled in
          [
            "eta": .string(scheduled.due.instant.isoformat),
            "priority": .integer(Self.timerPriority),
            "request": scheduled.task.json(worker: worker),
          ]
        })
    default: return places(of: Set(message.texts("ids")), in: look)
    }
  }

  /// What Celery's timer gives all its entries.
  private static let timerPriority = 6

  private func list(_ tasks: [CeleryTaskInfo]) -> JSONValue {
    .array(tasks.map { $0.json(worker: worker) })
  }

  private func places(of ids: Set<String>, in look: TaskLook) -> JSONValue {
    var places: JSONObject = [:]
    let all = [
      ("active", look.active), ("reserved", look.reserved),
      ("scheduled", look.scheduled.map(\.task)),
    ]
    for (place, tasks) in all {
      for task in tasks where ids.contains(task.id) {
        places[task.id] = [.string(place), task.json(worker: worker)]
      }
    }
    return .object(places)
  }

  private static func description(of queue: String) -> JSONValue {
    [
      "name": .string(queue), "exchange": ["name": .string(queue), "type": "direct"],
      "routing_key": .string(queue),
    ]
  }

  private func stats() throws(SystemError) -> JSONValue {
    let workers = try spool.workers()
    var processes: [JSONValue] = []
    for worker in workers { processes.append(.integer(try spool.processID(of: worker))) }
    let seconds = (SystemClock.monotonic() - started) / 1_000_000_000
    var total: JSONObject = [:]
    for (queue, count) in done.sorted(by: { $0.key < $1.key }) {
      total[queue.text] = .integer(count)
    }
    return [
      "total": .object(total), "pid": .integer(processID), "clock": .string("\(answers)"),
      "uptime": .integer(Int(seconds)),
      "pool": [
        "implementation": "superset-spool", "max-concurrency": .integer(workers.count),
        "processes": .array(processes), "max-tasks-per-child": "N/A", "timeouts": [0, 0],
      ],
      "broker": ["transport": "filesystem"], "prefetch_count": 0,
    ]
  }
}

extension Timestamp {
  var instant: CeleryInstant { CeleryInstant(microseconds: nanoseconds / 1_000) }
}
