// SPDX-License-Identifier: MIT
import Glibc

/// What the kernel tells everybody of the locks that are held: /proc/locks, proc(5).
enum KernelLocks {
  /// The process that holds an exclusive flock(2) on this file, which need not be readable.
  ///
  /// The file is found by its inode number alone: the device in that list is not always what stat(2) tells.
  static func holder(of path: String) throws(SystemError) -> pid_t? {
    let files = SystemFiles()
    guard let inode = try files.status(of: path)?.inode else { return nil }
    let text = String(decoding: try files.contents(of: "/proc/locks"), as: UTF8.self)
    // 1: FLOCK  ADVISORY  WRITE 4711 fd:01:131 0 EOF
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ")
      guard words.count > 5, words[1] == "FLOCK", words[3] == "WRITE",
        words[5].split(separator: ":").last == "\(inode)", let pid = pid_t(words[4]), pid > 0
      else { continue }
      return pid
    }
    return nil
  }
}
