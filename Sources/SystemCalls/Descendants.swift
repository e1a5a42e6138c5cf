// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// The processes that a task leaves behind, also those that left its process group.
package enum Descendants {
  /// From now on orphans below this process become its own children, so that ``killAll()`` can find them.
  package static func adoptOrphans() throws(SystemError) {
    _ = try SystemError.naming("become a subreaper of", "orphans") { () throws(Errno) in
      try Errno.valueOrErrno { spool_become_subreaper() }
    }
  }

  /// Ends every child of this process and what they leave behind in turn; returns when none is left.
  ///
  /// - Important: to be called when no child is wanted any more.
  @discardableResult
  package static func killAll() -> Int {
    var killed = 0
    while true {
      let pid = waitpid(-1, nil, WNOHANG)
      if pid > 0 { continue }
      if pid == -1 {
        guard errno == EINTR else { return killed }
        continue
      }
      for child in children() where kill(child, SIGKILL) == 0 { killed += 1 }
      // They end soon: SIGKILL cannot be ignored. What they leave behind comes to us in the next turn.
      waitpid(-1, nil, 0)
    }
  }

  private static func children() -> [pid_t] {
    let path = "/proc/self/task/\(getpid())/children"
    guard let bytes = try? SystemFiles().contents(of: path) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
  }

  /// Ends every process that has this file open; returns how many there were. Finds the orphans of a dead worker,
  /// since every process of a task has inherited the descriptor of its job.
  package static func killHolders(of path: String) throws(SystemError) -> Int {
    let files = SystemFiles()
    guard let target = try files.status(of: path) else { return 0 }
    var killed = 0
    for name in try files.names(in: "/proc") {
      guard let pid = pid_t(name), pid != getpid(), holds(pid, target) else { continue }
      if kill(pid, SIGKILL) == 0 { killed += 1 }
    }
    return killed
  }

  private static func holds(_ pid: pid_t, _ target: FileStatus) -> Bool {
    let directory = "/proc/\(pid)/fd"
    // A process that ended meanwhile, or that is not ours to look into, holds nothing that matters here.
    guard let names = try? SystemFiles().names(in: directory) else { return false }
    return names.contains { name in
      var raw = stat()
      guard stat("\(directory)/\(name)", &raw) == 0 else { return false }
      return UInt64(raw.st_ino) == target.inode && UInt64(raw.st_dev) == target.device
    }
  }
}
