// SPDX-License-Identifier: MIT

/// The name of one message of the filesystem transport: `MILLISECONDS_UUID.QUEUE.msg`.
package struct CeleryFileName: Hashable, Comparable, Sendable {
  /// Whom a queue is for.
  package enum Purpose: Hashable, Sendable {
    case tasks
    /// A worker's mailbox: revoke, inspect and the like, which every worker gets a copy of.
    case control(worker: String)
    /// Answers of workers to whoever asked.
    case replies
    /// What monitors are told.
    case events
  }

  package let name: String
  package let queue: String
  /// The producer's monotonic clock: since its machine started, not since 1970. Nil in a name that kombu did not make.
  package let milliseconds: UInt64?

  /// Nil where kombu would take it for no queue's message.
  ///
  /// The queue is what stands between the first dot and `.msg`, as newer kombu decides it. Older ones (5.3) look for
  /// `.QUEUE.msg` anywhere in the name, so that a queue `b` takes the messages of `a.b` as well.
  package init?(_ name: String) {
    // By bytes: every name of every listing is read here, and characters cost ten times as much.
    let bytes = name.utf8
    guard name.hasSuffix(Self.suffix), let dot = bytes.firstIndex(of: UInt8(ascii: ".")),
      let end = bytes.index(bytes.endIndex, offsetBy: -Self.suffix.utf8.count, limitedBy: dot),
      dot < end
    else { return nil }
    queue = String(name[bytes.index(after: dot)..<end])
    guard !queue.isEmpty, !bytes.contains(UInt8(ascii: "/")) else { return nil }
    self.name = name
    let number = bytes[..<dot].prefix { $0 != UInt8(ascii: "_") }
    milliseconds = number.first == UInt8(ascii: "+") ? nil : UInt64(Substring(number))
  }

  /// The name that kombu gives a message.
  package init?(milliseconds: UInt64, uuid: String, queue: String) {
    self.init("\(milliseconds)_\(uuid).\(queue)\(Self.suffix)")
  }

  private static let suffix = ".msg"

  package func isFor(queue: String) -> Bool { self.queue == queue }

  /// What Celery's own queues are called; their names are made of the control exchange, `celery` where nothing else is set.
  package var purpose: Purpose {
    if queue.hasPrefix("celeryev.") { return .events }
    guard queue.hasSuffix(".pidbox") else { return .tasks }
    let mailbox = queue.dropLast(".pidbox".count)
    let worker = mailbox.lastIndex(of: ".").map { mailbox[..<$0] } ?? mailbox
    return worker.hasSuffix(".reply") ? .replies : .control(worker: String(worker))
  }

  /// In the order in which they were sent: by number and not, as kombu has it, by text; names without one come last.
  package static func < (left: CeleryFileName, right: CeleryFileName) -> Bool {
    let numbers = (left.milliseconds ?? .max, right.milliseconds ?? .max)
    return numbers.0 == numbers.1 ? left.name < right.name : numbers.0 < numbers.1
  }
}
