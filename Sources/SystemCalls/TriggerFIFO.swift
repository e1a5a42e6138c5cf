// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// A FIFO whose bytes say "look": qmail's trigger. Those that nobody has read yet count once.
package final class TriggerFIFO {
  package let file: OpenFile

  /// What a byte says; anything else says "look" as well.
  package enum Word: UInt8 {
    case look = 0x21
    /// Look, and which of what is new is urgent.
    case weigh = 0x3F
  }

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

  /// Takes all bytes out; true where one of them said ``Word/weigh``.
  @discardableResult
  package func drain() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var weighs = false
    while true {
      let count = read(file.descriptor, &buffer, buffer.count)
      guard count > 0 else { return weighs }
      weighs = weighs || buffer[..<count].contains(Word.weigh.rawValue)
    }
  }

  /// Wakes whoever reads; that nobody does, or that the FIFO is full of pokes already, is no error.
  ///
  /// - Returns: false where nobody can have heard.
  @discardableResult
  package static func poke(_ path: String, _ word: Word = .look) -> Bool {
    let descriptor = PathText.withCString(path) {
      spool_open($0, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW, 0)
    }
    guard descriptor != -1 else { return false }
    let file = OpenFile(descriptor: descriptor, path: path)
    // Whoever may write into the directory may have put a link to any other file there.
    guard let status = try? file.status(), status.kind == .fifo, status.linkCount == 1 else {
      return false
    }
    var byte = word.rawValue
    _ = write(descriptor, &byte, 1)
    return true
  }
}
