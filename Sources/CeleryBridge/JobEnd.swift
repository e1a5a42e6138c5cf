// SPDX-License-Identifier: MIT
import SpoolProtocol

/// Where a job's end would stand, in results/, errors/ or corrupt/.
struct JobEnd: Hashable {
  enum Kind: CaseIterable {
    case result, failure
    /// The dispatcher has found that it is no job: too large, say, once it was inflated.
    case refusal

    var state: JobState {
      switch self {
      case .result: .results
      case .failure: .errors
      case .refusal: .corrupt
      }
    }
  }

  let kind: Kind
  let queue: QueueName
  let id: JobID
}

extension JobEnd {
  static func all(of id: JobID, in queue: QueueName) -> [JobEnd] {
    Kind.allCases.map { JobEnd(kind: $0, queue: queue, id: id) }
  }

  /// The file that is there, whole, once it is the job's end.
  func path(in layout: SpoolLayout) -> String {
    switch kind {
    case .result: layout.result(id, in: queue)
    // The reason is there before the job is.
    case .failure: layout.failed(id, in: queue)
    case .refusal: layout.refused(id, in: queue)
    }
  }

  /// The end that a name in results/QUEUE or errors/QUEUE belongs to.
  init?(name: String, in queue: QueueName, of kind: Kind) {
    let ending = kind == .failure && name.hasSuffix(".error") ? ".error" : ".json"
    guard name.hasSuffix(ending), let id = JobID(String(name.dropLast(ending.count))) else {
      return nil
    }
    self.init(kind: kind, queue: queue, id: id)
  }
}
