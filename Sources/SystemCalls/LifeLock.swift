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
  package static func holder(of path: String) throws(SystemError) -> OpenFile? {
    guard try isHeld(path) else { return nil }
    let text = String(decoding: try SystemFiles().contents(of: path, limit: 32), as: UTF8.self)
    guard let pid = pid_t(text.prefix { $0.isNumber }) else { return nil }
    let descriptor = spool_pidfd_open(pid)
    guard descriptor != -1 else { return nil }
    let process = OpenFile(descriptor: descriptor, path: "process \(pid)")
    // The process may have ended, and its number been given away, before it was opened.
    return try isHeld(path) ? process : nil
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
