// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

extension Dispatcher {
  /// What this dispatcher knows, a line each: the whole, its queues, its workers.
  func tellState() {
    let queues = backlogs.keys.compactMap { $0 }.sorted()
    report(
      "state: \(queues.count) queues, \(slots.count) workers, \(dead.count) dead, \(deferred.count) deferred",
      .info)
    for queue in queues {
      guard let backlog = backlogs[queue] else { continue }
      let waiting = "\(backlog.count)\(backlog.hasMore ? " or more" : "") waiting"
      let pause = paused.contains(queue) ? ", paused" : ""
      report(
        "state: \(queue): \(waiting), \(backlog.unsettled.count) incomplete, \(deferred.count(in: queue)) deferred\(pause)",
        .info)
    }
    for slot in slots.values.sorted(by: { $0.name < $1.name }) {
      let end = slot.isStopping ? ", leaving" : ""
      report("state: \(slot.name): \(slot.jobs.count) jobs, room for \(slot.free)\(end)", .info)
    }
  }
}
