// SPDX-License-Identifier: MIT

/// What went wrong with a database, told apart by what can be done about it.
package enum SQLError: Error, Hashable, CustomStringConvertible {
  /// The URL names a database this build cannot talk to.
  case unsupported(url: String)
  case missing(path: String)
  /// Another process holds the database longer than the busy timeout.
  case locked(path: String)
  /// The file is no database, or a damaged one.
  case malformed(path: String, reason: String)
  /// The statement would do more than read.
  case refused(reason: String)
  /// The database does not understand the statement; `reason` is its own sentence.
  case statement(reason: String)
  /// The deadline came, or somebody cancelled, while the statement ran.
  case interrupted
  case failed(path: String, reason: String)

  package var description: String {
    switch self {
    case .unsupported(let url): "not supported yet: the database URL \(url)"
    case .missing(let path): "unable to open \(path): no such database"
    case .locked(let path): "unable to read \(path): the database is locked"
    case .malformed(let path, let reason): "unable to read \(path): \(reason)"
    case .refused(let reason): reason
    case .statement(let reason): reason
    case .interrupted: "interrupted"
    case .failed(let path, let reason): "unable to read \(path): \(reason)"
    }
  }
}
