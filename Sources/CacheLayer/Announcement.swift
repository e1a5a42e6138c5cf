// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol

/// What is about to be appended and marked: enough to do it again, from any point, with the same outcome.
struct Announcement: Hashable {
  /// New lines of one event log.
  struct Lines: Hashable {
    let fileName: String
    /// Bytes that the log had before.
    let offset: Int
    var bytes: [UInt8]
  }

  /// An outcome, and the inode that it was read from.
  struct Mark: Hashable {
    let outcome: Outcome
    let inode: UInt64
  }

  var logs: [Lines] = []
  var marks: [Mark] = []

  var document: JSONValue {
    [
      "logs": .array(
        logs.map {
          [
            "file": .string($0.fileName), "offset": .integer($0.offset),
            "lines": .string(String(decoding: $0.bytes, as: UTF8.self)),
          ]
        }),
      "marks": .array(
        marks.map {
          [
            "kind": .string($0.outcome.kind.rawValue), "queue": .string($0.outcome.queue.text),
            "job": .string($0.outcome.id.text), "inode": .string(String($0.inode)),
          ]
        }),
    ]
  }
}

extension Announcement {
  /// Nil for what no cache layer wrote.
  init?(parsing bytes: [UInt8]) {
    guard let document = try? JSONValue(parsing: bytes), let logs = document["logs"]?.arrayValue,
      let marks = document["marks"]?.arrayValue
    else { return nil }
    self.logs = logs.compactMap(Lines.init)
    self.marks = marks.compactMap(Mark.init)
    guard self.logs.count == logs.count, self.marks.count == marks.count else { return nil }
  }
}

extension Announcement.Lines {
  fileprivate init?(_ document: JSONValue) {
    guard let name = document["file"]?.stringValue, !name.contains("/"), !name.hasPrefix("."),
      let offset = document["offset"]?.integerValue, let text = document["lines"]?.stringValue
    else { return nil }
    self.init(fileName: name, offset: offset, bytes: Array(text.utf8))
  }
}

extension Announcement.Mark {
  fileprivate init?(_ document: JSONValue) {
    guard let kind = document["kind"]?.stringValue.flatMap(Outcome.Kind.init),
      let queue = document["queue"]?.stringValue.flatMap(QueueName.init),
      let job = document["job"]?.stringValue.flatMap(JobID.init),
      let inode = document["inode"]?.stringValue.flatMap(UInt64.init)
    else { return nil }
    self.init(outcome: Outcome(kind: kind, queue: queue, id: job), inode: inode)
  }
}
