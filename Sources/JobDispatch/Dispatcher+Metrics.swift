// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

extension Dispatcher {
  /// Nothing waits that could run, and nothing runs.
  private var isQuiet: Bool { slots.values.allSatisfy(\.jobs.isEmpty) && !isBusy }

  /// A portion of what log/metrics.prom asks for, if anything; called once a round.
  func tendMetrics() {
    do {
      let queues = backlogs.keys.compactMap { $0 }.sorted()
      try metrics.goOn(queues, isQuiet: isQuiet) {
        let active = slots.values.reduce(0) { $0 + $1.jobs.count }
        plan.service.status("\(active) active, \(deferred.count) deferred, \(slots.count) workers")
        return snapshot
      }
    } catch {
      // Not ``suffer(_:)``: no job waits for this.
      report("\(error)", .error)
    }
  }

  /// Until the metrics want a round; nil where they want none.
  var metricsPause: Duration? {
    if metrics.isUnderWay { return .zero }
    return metrics.due(isQuiet: isQuiet).map { .nanoseconds($0 - SystemClock.monotonic()) }
  }

  private var snapshot: Metrics.Snapshot {
    var snapshot = Metrics.Snapshot()
    snapshot.paused = paused
    for slot in slots.values {
      snapshot.active[slot.name.queue, default: 0] += slot.jobs.count
      snapshot.workers[slot.name.queue, default: 0] += 1
    }
    for case (let queue?, let backlog) in backlogs {
      guard let name = backlog.first else { continue }
      let path = "\(spool.layout.directory(of: .incoming, queue))/\(name)"
      // What has gone meanwhile is not the oldest any more.
      guard let status = try? spool.files.status(of: path) else { continue }
      snapshot.oldest[queue] = status.modified
    }
    return snapshot
  }
}
