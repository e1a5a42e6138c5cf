// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// A FIFO whose only message is "look": qmail's trigger. Bytes that nobody has read yet count once.
package final class TriggerFIFO {
  package let file: OpenFile

  /// Makes the FIFO where it is missing and opens its reading end.
  package init(_ path: String) throws(SystemError) {
    do {
      _ = try Errno.valueOrErrno { PathText.withCString(path) { mkfifo($0, 0o666) } }
    } catch {
      guard error == .fileExists else { throw SystemError("make FIFO", path, error) }
    }
    // Open for both, so that the last poker's close is no end of file.
    let descriptor = try SystemError.naming("open", path) { () throws(Errno) in
      try Errno.valueOrErrno {
        PathText.withCString(path) {
          spool_open($0, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW, 0)
        }
      }
    }
    file = OpenFile(descriptor: descriptor, path: path)
    guard try file.status().kind == .fifo else {
      throw SystemError("use as a FIFO", path, .invalidArgument)
    }
  }

  /// Takes all bytes out; true when there was one.
  @discardableResult
  package func drain() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var any = false
    while read(file.descriptor, &buffer, buffer.count) > 0 { any = true }
    return any
  }

  /// Wakes whoever reads; that nobody does, or that the FIFO is full of pokes already, is no error.
  package static func poke(_ path: String) {
    let descriptor = PathText.withCString(path) {
      spool_open($0, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW, 0)
    }
    guard descriptor != -1 else { return }
    let file = OpenFile(descriptor: descriptor, path: path)
    // Whoever may write into the directory may have put a link to any other file there.
    guard let status = try? file.status(), status.kind == .fifo, status.linkCount == 1 else {
      return
    }
    var byte = UInt8(ascii: "!")
    _ = write(descriptor, &byte, 1)
  }
}
