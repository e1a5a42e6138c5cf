// SPDX-License-Identifier: MIT
import SystemCalls
import TaskContract

/// What can go wrong in the cache layer.
package enum CacheError: Error, Hashable, CustomStringConvertible {
  case system(SystemError)
  case badKey(String)
  case badChannel(String)
  case badEventID(String)
  case noSuchKey(CacheKey)
  case expired(CacheKey, at: Int)
  /// A file of the cache layer does not hold what it wrote there.
  case damaged(path: String, reason: String)
  /// Another cache layer serves this spool.
  case alreadyRunning(lock: String)

  package var description: String {
    switch self {
    case .system(let error): error.description
    case .badKey(let key): "unable to use the key '\(key)': it is empty or too long"
    case .badChannel(let name): "unable to use the channel '\(name)': it is empty or too long"
    case .badEventID(let id): "unable to use the event id '\(id)': it is not MILLISECONDS-NUMBER"
    case .noSuchKey(let key): "unable to find \(key) in the cache"
    case .expired(let key, let moment):
      "unable to serve \(key): it expired at \(Timestamp(seconds: Double(moment)).iso8601)"
    case .damaged(let path, let reason): "unable to read \(path): \(reason)"
    case .alreadyRunning(let lock): "unable to lock \(lock): another spool-cache serves this spool"
    }
  }

  /// Whether the same may succeed later without anybody's help.
  var isShortage: Bool {
    if case .system(let error) = self { error.errno.isShortage } else { false }
  }

  /// What `body` returns, its error as one of ours.
  static func wrapping<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(CacheError) -> Value {
    do { return try body() } catch { throw .system(error) }
  }
}
