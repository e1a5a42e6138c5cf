// SPDX-License-Identifier: MIT

/// A worker's folder in active/: `QUEUE@2` is the second worker of QUEUE, so that the folder tells the queue of its jobs.
package struct WorkerName: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let queue: QueueName
  /// From 1.
  package let number: Int

  package init(queue: QueueName, number: Int) {
    self.queue = queue
    self.number = number
  }

  /// Nil for anything but `QUEUE@NUMBER`.
  package init?(_ text: String) {
    guard let at = text.lastIndex(of: "@"), let queue = QueueName(String(text[..<at])),
      let number = Int(text[text.index(after: at)...]), number > 0
    else { return nil }
    self.init(queue: queue, number: number)
  }

  package var description: String { "\(queue)@\(number)" }

  package static func < (left: WorkerName, right: WorkerName) -> Bool {
    (left.queue, left.number) < (right.queue, right.number)
  }
}
