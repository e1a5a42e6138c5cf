// SPDX-License-Identifier: MIT

/// How a task ended, in the words and numbers of sysexits(3); what a task may exit with on purpose.
package enum Verdict: Int32, CaseIterable, Sendable {
  case ok = 0
  case usage = 64
  case badInput = 65
  case noInput = 66
  case noUser = 67
  case noHost = 68
  case unavailable = 69
  case bug = 70
  case systemError = 71
  case missingSystemFile = 72
  case cannotCreate = 73
  case ioError = 74
  case tryLater = 75
  case protocolError = 76
  case noPermission = 77
  case badConfiguration = 78
  case notExecutable = 126
  case notFound = 127

  /// What becomes of the job; spool.toml may say otherwise for a queue.
  package var disposition: Disposition {
    switch self {
    case .ok: .finish
    case .tryLater, .unavailable, .systemError, .cannotCreate, .ioError: .retry
    case .badConfiguration, .notExecutable, .notFound: .pauseQueue
    case .usage, .badInput, .noInput, .noUser, .noHost, .bug, .missingSystemFile, .protocolError,
      .noPermission:
      .bury
    }
  }

  /// The word that logs and `.error` files use.
  package var word: String {
    switch self {
    case .ok: "ok"
    case .usage: "usage"
    case .badInput: "bad input"
    case .noInput: "no input"
    case .noUser: "no user"
    case .noHost: "no host"
    case .unavailable: "unavailable"
    case .bug: "bug"
    case .systemError: "system error"
    case .missingSystemFile: "missing system file"
    case .cannotCreate: "cannot create"
    case .ioError: "input/output error"
    case .tryLater: "try later"
    case .protocolError: "protocol error"
    case .noPermission: "no permission"
    case .badConfiguration: "bad configuration"
    case .notExecutable: "not executable"
    case .notFound: "not found"
    }
  }
}

/// What becomes of a job after an attempt.
package enum Disposition: Sendable, Hashable {
  /// The output becomes the result.
  case finish
  /// Another attempt, after a pause.
  case retry
  /// Failed for good.
  case bury
  /// The queue cannot work at all: the job goes back unharmed and the queue is paused.
  case pauseQueue
}
