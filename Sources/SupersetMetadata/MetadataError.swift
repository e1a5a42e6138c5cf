// SPDX-License-Identifier: MIT
import SQLDatabases

/// What Superset's metadata does not hold, or holds in a form that cannot be used.
package enum MetadataError: Error, Hashable, CustomStringConvertible {
  case database(SQLError)
  case noUser(id: Int)
  case noUserNamed(String)
  /// A user who may not log in may not have queries run in his name either.
  case inactiveUser(username: String)
  /// A token of a guest that says less than it must.
  case malformedGuest(reason: String)
  /// A guest's time is over.
  case expiredGuest(username: String)
  case noDataset(id: Int)
  case noChart(id: Int)
  case noDatabase(id: Int)
  case noObject(OwnedKind, id: Int)

  package var description: String {
    switch self {
    case .database(let error): "\(error)"
    case .noUser(let id): "User with id \(id) not found"
    case .noUserNamed(let name): "User '\(name)' not found"
    case .inactiveUser(let name): "User '\(name)' is not active"
    case .malformedGuest(let reason): "the guest token is none: \(reason)"
    case .expiredGuest(let name): "the guest token of '\(name)' has expired"
    case .noDataset: "Not found"
    case .noChart(let id): "Chart with id \(id) not found"
    case .noDatabase(let id): "Database with id \(id) not found"
    case .noObject(let kind, let id): "there is no \(kind.rawValue) with id \(id)"
    }
  }
}
