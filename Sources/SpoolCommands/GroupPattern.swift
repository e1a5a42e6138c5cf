// SPDX-License-Identifier: MIT
import SpoolProtocol

/// Which jobs belong together by their ids.
package struct GroupPattern: Hashable, Sendable {
  package let name: JobID
  /// The job of the name itself counts, too: it is the head of a chain.
  private let withHead: Bool
  /// Where only one queue counts: all of a group, of a chain its head.
  private let queue: QueueName?
  private let prefix: String

  private init(_ name: JobID, withHead: Bool, in queue: QueueName?) {
    self.name = name
    self.withHead = withHead
    self.queue = queue
    prefix = "\(name)+"
  }

  /// The members of a group: `NAME+...`.
  package static func group(_ name: JobID, in queue: QueueName?) -> GroupPattern {
    GroupPattern(name, withHead: false, in: queue)
  }

  /// A job and all steps that follow it and have no ids of their own.
  package static func chain(_ head: JobID, in queue: QueueName?) -> GroupPattern {
    GroupPattern(head, withHead: true, in: queue)
  }

  /// Whether a file of this name may be a member's; cheap, since all names of a directory are asked.
  func mayHold(_ fileName: String) -> Bool { fileName.hasPrefix(withHead ? name.text : prefix) }

  func holds(_ id: JobID, in queue: QueueName?) -> Bool {
    if id == name { return withHead && isRight(queue) }
    return id.text.hasPrefix(prefix) && (withHead || isRight(queue))
  }

  private func isRight(_ other: QueueName?) -> Bool {
    guard let queue, let other else { return true }
    return queue == other
  }
}
