// SPDX-License-Identifier: MIT
import Glibc

/// Whether a file system has room for what a task may write.
package enum DiskSpace {
  /// Bytes below which a file system counts as full: some results of ordinary size, and the files of one run.
  package static let reserve: UInt64 = 1 << 20

  /// False also where the file system does not tell; statvfs(3).
  package static func isShort(at path: String) -> Bool {
    var raw = statvfs()
    guard PathText.withCString(path, { statvfs($0, &raw) }) == 0, raw.f_blocks > 0 else {
      return false
    }
    let isOutOfNames = raw.f_files > 0 && raw.f_favail == 0
    return UInt64(raw.f_bavail) * UInt64(raw.f_frsize) < reserve || isOutOfNames
  }
}
