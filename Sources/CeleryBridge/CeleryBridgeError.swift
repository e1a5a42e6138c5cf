// SPDX-License-Identifier: MIT
import SystemCalls

/// Why Celery's messages cannot be taken.
package enum CeleryBridgeError: Error, Hashable, CustomStringConvertible {
  case system(SystemError)
  case notConfigured
  /// Another one takes the messages of this spool.
  case alreadyRunning(lock: String)

  init(_ error: any Error) {
    switch error {
    case let error as CeleryBridgeError: self = error
    case let error as SystemError: self = .system(error)
    default: preconditionFailure("an error of another kind: \(error)")
    }
  }

  package var description: String {
    switch self {
    case .system(let error): error.description
    case .notConfigured: "celery.messages is not set in spool.toml: there is nothing to take"
    case .alreadyRunning(let lock):
      "unable to lock \(lock): another spool-celery serves this spool"
    }
  }
}
