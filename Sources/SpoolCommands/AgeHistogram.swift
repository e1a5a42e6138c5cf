// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// How old the jobs of each queue are, in steps that double: the rows of `spool shape`, in the form of Postfix' qshape.
package struct AgeHistogram: Hashable, Sendable {
  /// What is counted of a job.
  package enum Measure: Sendable {
    /// How long it has stood there.
    case age
    /// How long it is until it is due; what is overdue counts as due at once.
    case timeToGo
  }

  /// Upper ends of the columns in minutes, each doubled; one column more has what is above the last.
  static let limits = [5, 10, 20, 40, 80, 160, 320, 640, 1280]

  private var counts: [QueueName: [Int]] = [:]

  /// Counts the jobs of every queue that stand in these states.
  package init(
    of spool: Spool, _ states: Set<JobState>, by measure: Measure, at now: Timestamp
  ) throws(SystemError) {
    for queue in try spool.queues() {
      counts[queue] = Array(repeating: 0, count: Self.limits.count + 1)
      for state in states where state != .active {
        let directory = spool.layout.directory(of: state, queue)
        let paths = try spool.jobs(state, in: queue).map { "\(directory)/\($0)" }
        try count(paths, of: queue, state, measure, spool, now)
      }
    }
    guard states.contains(.active) else { return }
    for worker in try spool.workers() where counts[worker.queue] != nil {
      let paths = try spool.jobs(of: worker).map { spool.layout.active($0, of: worker) }
      try count(paths, of: worker.queue, .active, measure, spool, now)
    }
  }

  private mutating func count(
    _ paths: [String], of queue: QueueName, _ state: JobState, _ measure: Measure, _ spool: Spool,
    _ now: Timestamp
  ) throws(SystemError) {
    for path in paths {
      // One that has moved on meanwhile is not there any more, or is met again where it went.
      guard let status = try spool.files.status(of: path) else { continue }
      counts[queue]?[Self.column(Self.time(status, state, measure, now))] += 1
    }
  }

  /// A deferred file's modification time is when it is due; it was put there when it last changed.
  private static func time(
    _ status: FileStatus, _ state: JobState, _ measure: Measure, _ now: Timestamp
  ) -> Duration {
    switch measure {
    case .age: now - (state == .deferred ? status.changed : status.modified)
    case .timeToGo: status.modified - now
    }
  }

  /// A whole column's end belongs to the next one, as in qshape; what lies in the future is young.
  static func column(_ time: Duration) -> Int {
    limits.firstIndex { time < .seconds($0 * 60) } ?? limits.count
  }

  /// A heading, the sum of all queues, then each queue; the second cell of a row is its sum.
  package var rows: [[String]] {
    let heads = ["", "T"] + Self.limits.map(String.init) + ["\(Self.limits.last ?? 0)+"]
    let columns = 0...Self.limits.count
    let total = columns.map { column in counts.values.reduce(0) { $0 + $1[column] } }
    let queues = counts.sorted { $0.key < $1.key }.map { Self.row($0.key.text, $0.value) }
    return [heads, Self.row("TOTAL", total)] + queues
  }

  private static func row(_ name: String, _ counts: [Int]) -> [String] {
    [name, String(counts.reduce(0, +))] + counts.map(String.init)
  }
}
