// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import TaskContract

/// Why a job for another task could not be left.
package struct SubmissionError: Error, Hashable, CustomStringConvertible {
  private let error: SpoolError

  init(_ error: SpoolError) { self.error = error }

  /// What becomes of the job whose task wanted to leave it.
  package var verdict: Verdict {
    switch error {
    case .noSuchQueue, .notASpool: .badConfiguration
    case .system(let error) where error.errno == .accessDenied: .noPermission
    case .system(let error): error.errno.isShortage ? .tryLater : .ioError
    case .badQueueName, .badJobName, .idTaken, .notAJob: .badInput
    }
  }

  package var description: String { "\(error)" }
}
