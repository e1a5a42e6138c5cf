// SPDX-License-Identifier: MIT
import SystemCalls

/// Why a clock cannot begin.
package enum ClockError: Error, Hashable, CustomStringConvertible {
  case system(SystemError)
  /// Another clock serves this spool.
  case alreadyRunning(lock: String)

  package var description: String {
    switch self {
    case .system(let error): error.description
    case .alreadyRunning(let lock): "unable to lock \(lock): another spool-cron serves this spool"
    }
  }
}
