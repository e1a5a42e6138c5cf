// SPDX-License-Identifier: MIT
import SystemCalls

/// What can go wrong with a spool.
package enum SpoolError: Error, Hashable, CustomStringConvertible {
  case system(SystemError)
  case notASpool(path: String)
  case badQueueName(String, reason: String)
  case badJobName(String, reason: String)
  case noSuchQueue(QueueName)
  case idTaken(JobID, QueueName)
  case notAJob(path: String, reason: String)

  package var description: String {
    switch self {
    case .system(let error): error.description
    case .notASpool(let path): "\(path) is not a spool: it has no incoming/; spool init makes one"
    case .badQueueName(let name, let reason): "'\(name)' cannot be a queue: \(reason)"
    case .badJobName(let name, let reason): "'\(name)' cannot be a job's id: \(reason)"
    case .noSuchQueue(let queue): "there is no queue \(queue): no such directory in incoming/"
    case .idTaken(let id, let queue): "the id \(id) is taken in \(queue)"
    case .notAJob(let path, let reason): "\(path) is not a job: \(reason)"
    }
  }
}
