// SPDX-License-Identifier: MIT
import JSONValues

/// The result of a job that was not run, since another one with the same `unique` key stands for it.
package struct Duplicate: Hashable, Sendable {
  /// Duplicates of duplicates that are followed: a queue that was stopped over and over makes a few, and results that
  /// name each other in a circle are none of ours.
  package static let followLimit = 16

  /// The job that was run instead.
  package let original: JobID
  package let queue: QueueName
  package let key: String
  /// What an event needs, where somebody waits for one.
  package var metadata: JSONObject?
  /// Steps that would have come after it.
  package var notRun: [FollowUp] = []

  /// Of a job that waited while `original` did.
  package init(_ job: Job, _ id: JobID, of original: JobID, in queue: QueueName) {
    self.original = original
    self.queue = queue
    key = job.unique ?? ""
    metadata = job.metadata
    // The guest's token is a secret of its owner.
    metadata?["guest_token"] = nil
    notRun = job.chain(of: id)
  }

  /// Nil for any other result.
  package init?(parsing result: [UInt8]) {
    // Most results are anything else; this is told without reading them.
    guard result.starts(with: Self.beginning), let document = try? JSONValue(parsing: result)
    else { return nil }
    self.init(document)
  }

  package init?(_ document: JSONValue) {
    guard let original = document["duplicate_of"]?.stringValue.flatMap(JobID.init),
      let queue = document["queue"]?.stringValue.flatMap(QueueName.init),
      let key = document["unique"]?.stringValue
    else { return nil }
    self.original = original
    self.queue = queue
    self.key = key
    metadata = document["job_metadata"]?.objectValue
  }

  static let beginning = Array(#"{"duplicate_of":"#.utf8)

  package var bytes: [UInt8] {
    var document: JSONObject = [
      "duplicate_of": .string(original.text), "queue": .string(queue.text), "unique": .string(key),
    ]
    if !notRun.isEmpty { document["not_run"] = .array(notRun.map(\.summary)) }
    if let metadata { document["job_metadata"] = .object(metadata) }
    return JSONValue.object(document).bytes + [UInt8(ascii: "\n")]
  }
}

extension Job {
  /// Where Superset's tasks get it: by name, or as the first positional argument.
  var metadata: JSONObject? {
    (keywordArguments["job_metadata"] ?? positionalArguments.first)?.objectValue
  }
}

extension FollowUp {
  /// How it is told of where it is not run.
  var summary: JSONValue { ["id": .string(id.text), "task": .string(queue.text)] }
}
