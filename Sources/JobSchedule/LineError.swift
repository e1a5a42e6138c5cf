// SPDX-License-Identifier: MIT
import CronTable
import SpoolProtocol

/// Why a line of the crontab is left out.
package enum LineError: Error, Hashable, Sendable, CustomStringConvertible {
  case crontab(CrontabError)
  /// Neither a queue nor an envelope stands behind the expression.
  case noQueue
  case badQueue(String)
  case badJob(JobFormatError)
  case otherQueue(envelope: QueueName, QueueName)
  case sameAs(line: Int)

  package var description: String {
    switch self {
    case .crontab(let error): error.description
    case .noQueue: "no queue stands behind the expression, nor an envelope with a task"
    case .badQueue(let text): "'\(text)' cannot be a queue"
    case .badJob(let error): "what follows the queue is no job: \(error)"
    case .otherQueue(let envelope, let queue):
      "the queue is \(queue), but the envelope's task is \(envelope)"
    case .sameAs(let line): "line \(line) asks for the same"
    }
  }
}
