// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls
import TaskContract

/// How an attempt ended, and so where its job goes.
enum Outcome {
  case finish
  /// Another attempt after a pause.
  case retry(Failure)
  case bury(Failure)
  /// The queue cannot work: it is paused, the job goes back unharmed.
  case pauseQueue(Failure)
  /// The job was not to blame: it goes back unharmed.
  case giveBack
  /// Somebody removed the job's file while it ran.
  case cancelled

  /// What failed while the disk was full may do better once it is not: it is tried again.
  var excusedByFullDisk: Outcome {
    guard case .bury(var failure) = self else { return self }
    failure.message += "; the disk is full"
    failure.isCrash = false
    return .retry(failure)
  }
}

/// What there is to say of an attempt that did not succeed.
struct Failure {
  var verdict: String
  var message: String
  var exitStatus: Int32?
  var signal: String?
  var isCrash = false
  var errors: [JSONValue] = []
  /// The keys under which the cache layer is to keep the reason.
  var cache: [JSONValue] = []
  /// The least pause before another attempt, where the task has named one.
  var retryAfter: Duration?
  var logTail = ""

  /// The queue itself cannot work, whatever the job: its task cannot be started.
  var pausesQueue: Bool {
    exitStatus.flatMap(Verdict.init)?.disposition == .pauseQueue
  }
}
