// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// A lock file that a program holds while it lives, its process id inside; the kernel drops the lock however it dies.
package final class LifeLock {
  private let file: OpenFile

  private init(_ file: OpenFile) { self.file = file }

  /// Nil where another process holds it. Tries for a while, since a mere look at a lock holds it for an instant too.
  package static func take(_ path: String) throws(SystemError) -> LifeLock? {
    let file = try SystemFiles().open(path, .update)
    for _ in 0..<20 {
      if try file.tryLock() {
        let lock = LifeLock(file)
        try lock.writeProcessID()
        return lock
      }
      usleep(10_000)
    }
    return nil
  }

  /// Whether somebody holds the lock of this file.
  package static func isHeld(_ path: String) throws(SystemError) -> Bool {
    let file: OpenFile
    do {
      file = try SystemFiles().open(path, .read)
    } catch  where error.errno == .noSuchFile {
      return false
    }
    // Shared, so that two who look do not take each other for the holder.
    do throws(Errno) {
      _ = try Errno.valueOrErrno { flock(file.descriptor, LOCK_SH | LOCK_NB) }
      return false
    } catch {
      guard error == .tryAgain else { throw SystemError("examine the lock", path, error) }
      return true
    }
  }

  /// The process that holds the lock, as something that can be waited for; nil where nobody does.
  ///
  /// - Parameter user: whose process it must be: who may write into the file could name any other one.
  package static func holder(
    of path: String, belongingTo user: uid_t? = nil
  ) throws(SystemError) -> OpenFile? {
    do {
      guard try isHeld(path) else { return nil }
      let text = String(decoding: try SystemFiles().contents(of: path, limit: 32), as: UTF8.self)
      guard let pid = pid_t(text.prefix { $0.isNumber }) else { return nil }
      // The process may have ended, and its number been given away, before it was opened.
      guard let process = process(pid, of: user), try isHeld(path) else { return nil }
      return process
    } catch  where error.errno == .accessDenied {
      // The file is not ours to open, since whoever opens it can lock it; the kernel tells who has.
      guard let pid = try KernelLocks.holder(of: path), let process = process(pid, of: user),
        try KernelLocks.holder(of: path) == pid
      else { return nil }
      return process
    }
  }

  private static func process(_ pid: pid_t, of user: uid_t?) -> OpenFile? {
    let descriptor = spool_pidfd_open(pid)
    guard descriptor != -1 else { return nil }
    let process = OpenFile(descriptor: descriptor, path: "process \(pid)")
    guard let user else { return process }
    // Its directory belongs to whom it runs as; one of root's also to root because it hides itself.
    let owner = try? SystemFiles().status(of: "/proc/\(pid)")?.owner
    // Sent nothing, it only has to be still the same one.
    let isSame = spool_pidfd_send_signal(descriptor, 0) == 0
    return owner == user && isSame ? process : nil
  }

  private func writeProcessID() throws(SystemError) {
    ftruncate(file.descriptor, 0)
    lseek(file.descriptor, 0, SEEK_SET)
    try file.write(Array("\(getpid())\n".utf8))
  }
}

extension OpenFile {
  /// Sends a signal to the process behind a pidfd.
  package func sendToProcess(_ signal: Signal) {
    _ = spool_pidfd_send_signal(descriptor, signal.rawValue)
  }
}
