// SPDX-License-Identifier: MIT
import JSONValues
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// How many jobs of a queue stand where: a row of `spool status`.
package struct QueueStatus: Hashable, Sendable {
  package let queue: QueueName
  package private(set) var waiting = 0
  /// Of those that wait, the ones whose producer is not done.
  package private(set) var incomplete = 0
  package private(set) var deferred = 0
  package private(set) var active = 0
  package private(set) var held = 0
  package private(set) var failed = 0
  /// When the oldest waiting job was dropped.
  package private(set) var oldest: Timestamp?
  /// Why the queue is paused; empty where a person paused it.
  package private(set) var pauseReason: String?

  /// So many waiting files are looked into to tell whether they are whole; it costs a read of each.
  private static let examinationLimit = 1000

  package init(_ queue: QueueName, of spool: Spool, at now: Timestamp) throws(SystemError) {
    self.queue = queue
    let jobs = try spool.jobs(.incoming, in: queue)
    waiting = jobs.count
    deferred = try spool.jobs(.deferred, in: queue).count
    held = try spool.jobs(.hold, in: queue).count
    failed = try spool.jobs(.errors, in: queue).count
    for worker in try spool.workers() where worker.queue == queue {
      active += try spool.jobs(of: worker).count
    }
    for (index, job) in jobs.enumerated() {
      let path = spool.layout.waiting(job, in: queue)
      guard let status = try spool.files.status(of: path) else { continue }
      oldest = min(oldest ?? status.modified, status.modified)
      guard index < Self.examinationLimit else { continue }
      if case .notYet = try spool.examine(job.fileName, in: queue, by: IntakeRules(), at: now) {
        incomplete += 1
      }
    }
    pauseReason = try spool.pauseReason(of: queue)
  }

  package var document: JSONValue {
    [
      "queue": .string(queue.text), "waiting": .integer(waiting),
      "incomplete": .integer(incomplete), "deferred": .integer(deferred),
      "active": .integer(active), "held": .integer(held), "failed": .integer(failed),
      "oldest": oldest.map { .string($0.iso8601) } ?? .null,
      "paused": pauseReason.map { .string($0.trimmed) } ?? .null,
    ]
  }

  /// The cells of ``columns``.
  package func cells(at now: Timestamp) -> [String] {
    var notes: [String] = []
    if incomplete > 0 { notes.append("\(incomplete) incomplete") }
    if let pauseReason {
      notes.append(pauseReason.trimmed.isEmpty ? "paused" : "paused: \(pauseReason.trimmed)")
    }
    return [
      queue.text, "\(waiting)", "\(deferred)", "\(active)", "\(held)", "\(failed)",
      oldest.map { Self.age(now - $0) } ?? "-", notes.joined(separator: "; "),
    ]
  }

  package static let columns = [
    "QUEUE", "WAITING", "DEFERRED", "ACTIVE", "HELD", "FAILED", "OLDEST", "",
  ]

  /// `9s`, `12m`, `3h`, `5d`.
  static func age(_ age: Duration) -> String {
    let seconds = max(0, age.components.seconds)
    switch seconds {
    case ..<100: return "\(seconds)s"
    case ..<6000: return "\(seconds / 60)m"
    case ..<172_800: return "\(seconds / 3600)h"
    default: return "\(seconds / 86400)d"
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
