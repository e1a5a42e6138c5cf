// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// One look at a spool, as lines: what `spool top` draws.
///
/// Counts names and opens nothing but the `progress` of what runs, so that a look at a large spool is short.
package struct SpoolView {
  private let rows: [[String]]
  private let running: [[String]]
  private let head: String

  package init(of spool: Spool, at now: Timestamp) throws(SystemError) {
    let workers = try spool.workers()
    var rows = [["QUEUE", "WAITING", "DEFERRED", "ACTIVE", "FAILED", ""]]
    for queue in try spool.queues() {
      var active = 0
      for worker in workers where worker.queue == queue {
        active += try spool.jobs(of: worker).count
      }
      let counts = try [JobState.incoming, .deferred].map { state throws(SystemError) in
        try spool.jobs(state, in: queue).count
      }
      let failed = try spool.jobs(.errors, in: queue).count
      let isPaused = try spool.files.exists(spool.layout.pauseMark(of: queue))
      rows.append(
        [queue.text] + (counts + [active, failed]).map(String.init) + [isPaused ? "paused" : ""])
    }
    self.rows = rows
    running = try RunningJob.all(of: spool).map { $0.cells(at: now) }
    let isDispatched = try LifeLock.isHeld(spool.layout.dispatcherLock)
    head = "\(spool.layout.root)  \(now.iso8601)  spoold \(isDispatched ? "runs" : "does not run")"
  }

  package var lines: [String] {
    let jobs = running.isEmpty ? [] : TextTable.lines([RunningJob.columns] + running)
    return [head, ""] + TextTable.lines(rows) + [""] + jobs
  }
}
