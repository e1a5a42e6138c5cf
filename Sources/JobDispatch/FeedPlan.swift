// SPDX-License-Identifier: MIT
import SpoolProtocol

/// Decides which queue's next jobs go to which worker; does nothing itself.
enum FeedPlan {
  /// What is known of a queue that has waiting jobs and may run.
  struct QueueView: Hashable {
    let queue: QueueName
    let waiting: Int
    /// The living workers and how many more jobs each may have.
    let workers: [WorkerView]
    /// How many more workers may be started.
    let startable: Int
  }

  struct WorkerView: Hashable {
    let name: WorkerName
    let free: Int
    let load: Int
  }

  enum Action: Hashable {
    case start(QueueName)
    /// Gives the worker up to so many of its queue's next jobs.
    case feed(WorkerName, count: Int)
  }

  /// One job for each free place, the emptiest workers first; a worker more where all that live are busy.
  static func actions(for view: QueueView) -> [Action] {
    var waiting = view.waiting
    var shares: [WorkerName: Int] = [:]
    var loads = Dictionary(uniqueKeysWithValues: view.workers.map { ($0.name, $0.load) })
    while waiting > 0 {
      let open = view.workers.filter { $0.free > shares[$0.name, default: 0] }
      guard
        let emptiest = open.min(by: {
          (loads[$0.name] ?? 0, $0.name) < (loads[$1.name] ?? 0, $1.name)
        })
      else { break }
      shares[emptiest.name, default: 0] += 1
      loads[emptiest.name, default: 0] += 1
      waiting -= 1
    }
    let feeds = shares.sorted { $0.key < $1.key }.map { Action.feed($0.key, count: $0.value) }
    // A second worker pays once each of the first has something to do.
    let hasIdle = view.workers.contains { loads[$0.name] == 0 }
    return waiting > 0 && view.startable > 0 && !hasIdle ? feeds + [.start(view.queue)] : feeds
  }
}
