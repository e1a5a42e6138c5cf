// SPDX-License-Identifier: MIT

/// Why no settings could be read.
package enum ConfigurationError: Error, Hashable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case malformed(path: String, reason: String)
  case wrongType(path: String, key: String)
  case noMetadata

  package var description: String {
    switch self {
    case .unreadable(let path, let reason), .malformed(let path, let reason):
      "unable to read \(path): \(reason)"
    case .wrongType(let path, let key): "unable to read \(path): superset.\(key) has the wrong type"
    case .noMetadata:
      "unable to find Superset's metadata: set superset.metadata_url in spool.toml"
        + " or SUPERSET_METADATA_URL"
    }
  }
}
