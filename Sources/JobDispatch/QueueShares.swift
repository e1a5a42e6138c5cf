// SPDX-License-Identifier: MIT
import SpoolProtocol

/// Gives queues their turns by weight, where not all can run: stride scheduling.
///
/// Each job moves its queue's clock on by one over the queue's weight; the queue whose clock is behind comes first.
struct QueueShares {
  private var clocks: [QueueName: Double] = [:]
  /// The clock of the queue that was served last: a queue that comes from rest begins here, or it would catch up on all
  /// that it has not asked for.
  private var present = 0.0

  /// The queues that have jobs waiting, the one whose turn it is first; those not named rest from now on.
  mutating func inTurn(_ waiting: [QueueName]) -> [QueueName] {
    var next: [QueueName: Double] = [:]
    for queue in waiting { next[queue] = clocks[queue] ?? present }
    // Who goes to rest keeps what it has had in advance.
    for (queue, clock) in clocks where next[queue] == nil && clock > present { next[queue] = clock }
    clocks = next
    return waiting.sorted { (next[$0] ?? 0, $0) < (next[$1] ?? 0, $1) }
  }

  mutating func serve(_ queue: QueueName, jobs: Int, weight: Int) {
    let clock = clocks[queue] ?? present
    present = max(present, clock)
    clocks[queue] = clock + Double(jobs) / Double(weight)
  }
}
