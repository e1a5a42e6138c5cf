// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// An open descriptor and the path it was opened by; closed when the last reference goes.
package final class OpenFile {
  package let descriptor: CInt
  package let path: String

  /// Takes over a descriptor.
  package init(descriptor: CInt, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// What this process itself writes its messages to, for a child to write to as well.
  package static func standardError() throws(SystemError) -> OpenFile {
    let descriptor = try SystemError.naming("copy", "standard error") { () throws(Errno) in
      try Errno.valueOrErrno { spool_duplicate(2) }
    }
    return OpenFile(descriptor: descriptor, path: "standard error")
  }

  /// A file without a name, with this content, to be read from its start; memfd_create(2).
  package static func inMemory(_ bytes: [UInt8], named name: String) throws(SystemError) -> OpenFile
  {
    let descriptor = try SystemError.naming("create in memory", name) { () throws(Errno) in
      try Errno.valueOrErrno { spool_memory_file(name) }
    }
    let file = OpenFile(descriptor: descriptor, path: name)
    try file.write(bytes)
    try file.seek(to: 0)
    return file
  }

  /// A file without a name on disk, to be written and read back; in memory where the directory cannot have one.
  package static func temporary(in directory: String) throws(SystemError) -> OpenFile {
    let descriptor = spool_temporary_file(directory)
    guard descriptor >= 0 else { return try inMemory([], named: "temporary") }
    return OpenFile(descriptor: descriptor, path: "a temporary file in \(directory)")
  }

  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// What is known of the file behind the descriptor; fstat(2).
  package func status() throws(SystemError) -> FileStatus {
    var raw = stat()
    _ = try SystemError.naming("examine", path) { () throws(Errno) in
      try Errno.valueOrErrno { fstat(descriptor, &raw) }
    }
    return FileStatus(raw)
  }

  package func setPermissions(_ permissions: mode_t) throws(SystemError) {
    _ = try SystemError.naming("change the mode of", path) { () throws(Errno) in
      try Errno.valueOrErrno { fchmod(descriptor, permissions) }
    }
  }

  /// Up to `limit` bytes from here to the end of the file.
  ///
  /// - Parameter size: what there is to read, where it is known: then no memory is taken twice while more is found.
  package func readAll(
    limit: Int = .max, expecting size: Int = 0
  ) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size, limit))
    let chunk = 64 * 1024
    while bytes.count < limit {
      let part = try readSome(min(chunk, limit - bytes.count))
      if part.isEmpty { break }
      bytes.append(contentsOf: part)
    }
    return bytes
  }

  /// The same of a regular file that was this large a moment ago: one read(2), where it has not grown.
  package func readAll(ofSize size: Int, limit: Int = .max) throws(SystemError) -> [UInt8] {
    let bytes = try readSome(min(size + 1, limit))
    // A regular file gives less than it is asked for only at its end.
    guard bytes.count > size, bytes.count < limit else { return bytes }
    return try bytes + readAll(limit: limit - bytes.count)
  }

  /// What one read(2) gives; empty at the end of the file.
  package func readSome(_ capacity: Int) throws(SystemError) -> [UInt8] {
    var failure: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      do throws(Errno) {
        count = try Errno.countOrErrno { read(descriptor, buffer.baseAddress, capacity) }
      } catch {
        failure = error
      }
    }
    if let failure { throw SystemError("read", path, failure) }
    return bytes
  }

  /// The last bytes of a regular file.
  package func readTail(_ count: Int) throws(SystemError) -> [UInt8] {
    try seek(to: max(0, status().size - count))
    return try readAll(limit: count)
  }

  /// What one pread(2) gives from the start of the file; the place where reading goes on stays.
  package func readStart(_ capacity: Int) throws(SystemError) -> [UInt8] {
    var failure: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      do throws(Errno) {
        count = try Errno.countOrErrno { pread(descriptor, buffer.baseAddress, capacity, 0) }
      } catch {
        failure = error
      }
    }
    if let failure { throw SystemError("read", path, failure) }
    return bytes
  }

  /// Cuts the file off, and goes on writing there; ftruncate(2).
  package func truncate(to size: Int) throws(SystemError) {
    _ = try SystemError.naming("truncate", path) { () throws(Errno) in
      try Errno.valueOrErrno { ftruncate(descriptor, size) }
    }
    try seek(to: size)
  }

  /// Goes on reading at this many bytes from the start.
  package func seek(to offset: Int) throws(SystemError) {
    _ = try SystemError.naming("seek in", path) { () throws(Errno) in
      try Errno.countOrErrno { lseek(descriptor, offset, SEEK_SET) }
    }
  }

  /// Writes every byte, or throws; a short write is continued.
  package func write(_ bytes: some Collection<UInt8>) throws(SystemError) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty { rest = rest.dropFirst(try writeSome(rest)) }
  }

  /// What one write(2) takes; returns how many bytes that were.
  package func writeSome(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
    try SystemError.naming("write", path) { () throws(Errno) in
      try Errno.countOrErrno {
        bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      }
    }
  }

  /// True when the lock was to be had at once; it goes with the last copy of the descriptor. flock(2).
  package func tryLock() throws(SystemError) -> Bool {
    do {
      _ = try Errno.valueOrErrno { flock(descriptor, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      guard error == .tryAgain else { throw SystemError("lock", path, error) }
      return false
    }
  }

  /// Waits for the lock.
  package func lock() throws(SystemError) {
    _ = try SystemError.naming("lock", path) { () throws(Errno) in
      try Errno.valueOrErrno { flock(descriptor, LOCK_EX) }
    }
  }

  /// Gives the lock back before the descriptor goes.
  package func unlock() throws(SystemError) {
    _ = try SystemError.naming("unlock", path) { () throws(Errno) in
      try Errno.valueOrErrno { flock(descriptor, LOCK_UN) }
    }
  }

  /// Whether somebody holds the file open for writing; nil where the file system cannot tell (F_SETLEASE, fcntl(2)).
  package func hasWriter() -> Bool? {
    do throws(Errno) {
      _ = try Errno.valueOrErrno { spool_set_read_lease(descriptor) }
      _ = try Errno.valueOrErrno { spool_drop_lease(descriptor) }
      return false
    } catch {
      return error == .tryAgain ? true : nil
    }
  }
}
