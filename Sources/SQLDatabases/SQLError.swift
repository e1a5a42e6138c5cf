// SPDX-License-Identifier: MIT
import SystemCalls

/// What went wrong with a database, told apart by what can be done about it.
package enum SQLError: Error, Hashable, CustomStringConvertible {
  /// The URL names a database this build cannot talk to.
  case unsupported(url: String)
  case missing(path: String)
  /// Another process holds the database longer than the busy timeout.
  case locked(path: String)
  /// The file is no database, or a damaged one.
  case malformed(path: String, reason: String)
  /// The statement would do more than it may: more than read, or more than change rows.
  case refused(reason: String)
  /// The database does not understand the statement; `reason` is its own sentence.
  case statement(reason: String)
  /// The deadline came, or somebody cancelled, while the statement ran.
  case interrupted
  case failed(path: String, reason: String)
  /// Nobody answers, or not now; the server is named without a password.
  case unavailable(server: String, reason: String)
  /// The server lets nobody in by this name or password, or has no such database.
  case denied(server: String, reason: String)
  /// Its rows may be read and not changed: by the file, the server, or the role.
  case notWritable(place: String, reason: String)
  /// The process that speaks with the server could not be started, or spoken with.
  case helper(SystemError)

  package var description: String {
    switch self {
    case .unsupported(let url): "not supported yet: the database URL \(url)"
    case .missing(let path): "unable to open \(path): no such database"
    case .locked(let path): "unable to use \(path): the database is locked"
    case .malformed(let path, let reason): "unable to read \(path): \(reason)"
    case .refused(let reason): reason
    case .statement(let reason): reason
    case .interrupted: "interrupted"
    case .failed(let path, let reason): "unable to use \(path): \(reason)"
    case .unavailable(let server, let reason): "unable to use \(server): \(reason)"
    case .denied(let server, let reason): "unable to open \(server): \(reason)"
    case .notWritable(let place, let reason): "unable to write to \(place): \(reason)"
    case .helper(let error): "\(error)"
    }
  }
}
