// SPDX-License-Identifier: MIT
import SystemCalls

/// The right to compute one key, while others that need the same wait for it; ends with the process.
package final class Flight {
  /// Milliseconds between two tries for the lock: flock(2) cannot be waited for together with SIGTERM.
  static let longestPause: UInt32 = 20

  private let lock: OpenFile
  private let dataPath: String
  private let began: Timestamp
  private let hasWaited: Bool
  private let files = SystemFiles()

  init(lock: OpenFile, dataPath: String, began: Timestamp, hasWaited: Bool) {
    self.lock = lock
    self.dataPath = dataPath
    self.began = began
    self.hasWaited = hasWaited
  }

  /// What somebody else computed while we waited, linked to `path`; false where there is no such thing.
  package func takeOver(to path: String) throws(SystemError) -> Bool {
    guard hasWaited, let data = try files.status(of: dataPath), data.modified > began else {
      return false
    }
    try files.unlinkIfPresent(path)
    try files.link(dataPath, to: path)
    return true
  }

  /// Leaves a computed file for those who wait; a file system that cannot link makes them compute.
  package func leave(_ path: String) throws(SystemError) {
    // Who waits looks only once he has the lock, so that nobody sees it missing. A rename over the old
    // one would make ext4 write the new one's blocks at once.
    try files.unlinkIfPresent(dataPath)
    try files.link(path, to: dataPath)
  }
}
