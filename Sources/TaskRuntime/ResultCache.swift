// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls
import TaskContract

/// The cache layer's entries, as a task may read them: to see that its work is done already.
package struct ResultCache {
  private let root: String
  private let files = SystemFiles()

  /// Nil where there is no cache layer.
  package init?(_ environment: TaskEnvironment) {
    guard let root = environment[.cache] else { return nil }
    self.root = root
  }

  /// The data of an entry that has not expired; nil also for one that cannot be read: then it is computed.
  package func freshData(of key: CacheKey, at now: Timestamp) -> String? {
    guard let bytes = try? files.contents(of: "\(root)/\(key.entryPath)"),
      let entry = try? JSONValue(parsing: bytes), entry["key"]?.stringValue == key.text,
      isFresh(entry["expires"] ?? .null, at: now)
    else { return nil }
    let path = "\(root)/\(key.dataPath)"
    return (try? files.exists(path)) == true ? path : nil
  }

  private func isFresh(_ expires: JSONValue, at now: Timestamp) -> Bool {
    expires.isNull || (expires.doubleValue ?? 0) > now.seconds
  }

  /// Waits until no other task computes this key; nil when cancelled meanwhile.
  package func flight(
    of key: CacheKey, _ cancellation: Cancellation
  ) throws(SystemError) -> Flight? {
    let path = "\(root)/\(key.flightLockPath)"
    try files.makeDirectories(path.parentPath)
    let began = SystemClock.now()
    var pause: UInt32 = 1
    var hasWaited = false
    var lock = try files.open(path, .update)
    while !cancellation.isRequested {
      if try lock.tryLock() {
        // Whoever tidies up may have removed the file between its opening and its locking.
        if try files.status(of: path)?.inode == lock.status().inode {
          let data = "\(root)/\(key.flightDataPath)"
          return Flight(lock: lock, dataPath: data, began: began, hasWaited: hasWaited)
        }
        lock = try files.open(path, .update)
        continue
      }
      hasWaited = true
      cancellation.pause(milliseconds: pause)
      pause = min(pause * 2, Flight.longestPause)
    }
    return nil
  }
}
