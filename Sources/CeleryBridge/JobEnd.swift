// SPDX-License-Identifier: MIT
import SpoolProtocol

/// Where a job's end would stand, in results/ or errors/.
struct JobEnd: Hashable {
  enum Kind: CaseIterable {
    case result, failure

    var state: JobState {
      switch self {
      case .result: .results
      case .failure: .errors
      }
    }
  }

  let kind: Kind
  let queue: QueueName
  let id: JobID
}

extension JobEnd {
  /// The end that a name in results/QUEUE or errors/QUEUE belongs to.
  init?(name: String, in queue: QueueName, of kind: Kind) {
    let ending = kind == .failure && name.hasSuffix(".error") ? ".error" : ".json"
    guard name.hasSuffix(ending), let id = JobID(String(name.dropLast(ending.count))) else {
      return nil
    }
    self.init(kind: kind, queue: queue, id: id)
  }
}
