// SPDX-License-Identifier: MIT

/// Why spool.toml is refused: the file, the key and what was expected there.
package enum SettingsError: Error, Hashable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case malformed(path: String, reason: String)
  case unknownKey(path: String, key: String)
  case wrongValue(path: String, key: String, expected: String)

  package var description: String {
    switch self {
    case .unreadable(let path, let reason), .malformed(let path, let reason):
      "unable to read \(path): \(reason)"
    case .unknownKey(let path, let key): "unable to read \(path): there is no setting '\(key)'"
    case .wrongValue(let path, let key, let expected):
      "unable to read \(path): '\(key)' is not \(expected)"
    }
  }
}
