// SPDX-License-Identifier: MIT

/// Why no settings could be read.
package enum ConfigurationError: Error, Hashable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case malformed(path: String, reason: String)
  case wrongType(path: String, key: String)
  case noMetadata
  /// The password of a database is encrypted.
  case noSecretKey(database: String)
  case wrongSecretKey(database: String)

  package var description: String {
    switch self {
    case .unreadable(let path, let reason), .malformed(let path, let reason):
      "unable to read \(path): \(reason)"
    case .wrongType(let path, let key): "unable to read \(path): superset.\(key) has the wrong type"
    case .noMetadata:
      "unable to find Superset's metadata: set superset.metadata_url in spool.toml"
        + " or SUPERSET_METADATA_URL"
    case .noSecretKey(let database):
      "unable to read the password of the database '\(database)': set superset.secret_key in"
        + " spool.toml or SUPERSET_SECRET_KEY, or its URL in superset.database_urls"
    case .wrongSecretKey(let database):
      "unable to read the password of the database '\(database)':"
        + " it was encrypted with another SECRET_KEY than superset.secret_key"
    }
  }
}
