// SPDX-License-Identifier: MIT
import SpoolProtocol

/// A job's end as it stands in results/ or errors/.
struct Outcome: Hashable, Sendable {
  enum Kind: String, CaseIterable, Sendable { case result, failure }

  let kind: Kind
  let queue: QueueName
  let id: JobID

  /// The file that is this outcome: its inode is what has been announced, or has not.
  func path(in layout: SpoolLayout) -> String {
    switch kind {
    case .result: layout.result(id, in: queue)
    case .failure: layout.failure(id, in: queue)
    }
  }

  /// The directory with what can be cached.
  func files(in layout: SpoolLayout) -> String {
    switch kind {
    case .result: layout.resultFiles(id, in: queue)
    case .failure: layout.directory(of: .errors, queue)
    }
  }

  /// The hard link that says that it was announced.
  func mark(in layout: SpoolLayout) -> String {
    switch kind {
    case .result: layout.resultMark(id, in: queue)
    case .failure: layout.failureMark(id, in: queue)
    }
  }
}

extension Outcome {
  /// The outcome that a name in results/QUEUE or errors/QUEUE belongs to; nil where it is another's business.
  init?(name: String, in queue: QueueName, of kind: Kind) {
    let ending = name.hasSuffix(".json") ? ".json" : ".error"
    guard name.hasSuffix(ending), ending == ".json" || kind == .failure,
      let id = JobID(String(name.dropLast(ending.count)))
    else { return nil }
    self.init(kind: kind, queue: queue, id: id)
  }

  /// The outcome that a mark speaks of.
  init?(mark name: String, of queue: QueueName) {
    self.init(name: name, in: queue, of: name.hasSuffix(".error") ? .failure : .result)
  }
}
