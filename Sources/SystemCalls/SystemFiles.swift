// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// The file calls of the kernel itself.
package struct SystemFiles: FileOperations {
  private let syncs: SyncCounter?

  /// - Parameter syncs: counts the waits for the disk, where somebody wants to know.
  package init(counting syncs: SyncCounter? = nil) { self.syncs = syncs }

  package func status(of path: String) throws(SystemError) -> FileStatus? {
    try status(of: path) { lstat($0, $1) }
  }

  /// stat(2): links are followed to their end; nil where there is nothing.
  package func statusBehindLinks(of path: String) throws(SystemError) -> FileStatus? {
    try status(of: path) { stat($0, $1) }
  }

  private func status(
    of path: String, by call: (UnsafePointer<CChar>, UnsafeMutablePointer<stat>) -> CInt
  ) throws(SystemError) -> FileStatus? {
    var raw = stat()
    do throws(Errno) {
      _ = try Errno.valueOrErrno { PathText.withCString(path) { call($0, &raw) } }
      return FileStatus(raw)
    } catch {
      guard error == .noSuchFile else { throw SystemError("examine", path, error) }
      return nil
    }
  }

  package func open(_ path: String, _ mode: OpenMode) throws(SystemError) -> OpenFile {
    let descriptor = try SystemError.naming(mode.verb, path) { () throws(Errno) in
      try Errno.valueOrErrno {
        PathText.withCString(path) {
          spool_open($0, mode.flags | O_CLOEXEC | O_NOFOLLOW, mode.permissions)
        }
      }
    }
    return OpenFile(descriptor: descriptor, path: path)
  }

  package func write(_ bytes: [UInt8], to file: OpenFile) throws(SystemError) {
    try file.write(bytes)
  }

  package func rename(_ source: String, to target: String) throws(SystemError) {
    try call("rename", source, target) { spool_rename_no_replace($0, $1) }
  }

  package func replace(_ target: String, with source: String) throws(SystemError) {
    try call("rename", source, target) { Glibc.rename($0, $1) }
  }

  package func link(_ source: String, to target: String) throws(SystemError) {
    try call("link", source, target) { Glibc.link($0, $1) }
  }

  package func link(
    _ name: String, in directory: OpenFile, to target: String
  ) throws(SystemError) {
    try call("link", "\(directory.path)/\(name)", target) { _, target in
      PathText.withCString(name) { linkat(directory.descriptor, $0, AT_FDCWD, target, 0) }
    }
  }

  package func unlink(_ path: String) throws(SystemError) {
    try call("remove", path) { Glibc.unlink($0) }
  }

  package func truncate(_ file: OpenFile, to size: Int) throws(SystemError) {
    _ = try SystemError.naming("truncate", file.path) { () throws(Errno) in
      try Errno.valueOrErrno { ftruncate(file.descriptor, size) }
    }
  }

  package func makeDirectory(_ path: String) throws(SystemError) {
    try call("make directory", path) { mkdir($0, 0o777) }
  }

  package func removeDirectory(_ path: String) throws(SystemError) {
    try call("remove directory", path) { rmdir($0) }
  }

  package func openUp(_ path: String) throws(SystemError) {
    try call("change the mode of", path) { chmod($0, 0o700) }
  }

  package func setModified(_ path: String, to moment: Timestamp) throws(SystemError) {
    try call("set the time of", path) {
      spool_set_modified($0, moment.raw.tv_sec, moment.raw.tv_nsec)
    }
  }

  package func setModified(_ file: OpenFile, to moment: Timestamp) throws(SystemError) {
    _ = try SystemError.naming("set the time of", file.path) { () throws(Errno) in
      try Errno.valueOrErrno {
        spool_set_modified_open(file.descriptor, moment.raw.tv_sec, moment.raw.tv_nsec)
      }
    }
  }

  package func giveAway(_ file: OpenFile, to account: Account) throws(SystemError) {
    _ = try SystemError.naming("change the owner of", file.path) { () throws(Errno) in
      try Errno.valueOrErrno { fchown(file.descriptor, account.user, account.group) }
    }
  }

  package func attribute(_ name: String, of path: String) throws(SystemError) -> String? {
    try attribute(name, path) { buffer in
      PathText.withCString(path) { lgetxattr($0, "user.\(name)", buffer.baseAddress, buffer.count) }
    }
  }

  package func attribute(_ name: String, of file: OpenFile) throws(SystemError) -> String? {
    try attribute(name, file.path) { buffer in
      fgetxattr(file.descriptor, "user.\(name)", buffer.baseAddress, buffer.count)
    }
  }

  private func attribute(
    _ name: String, _ path: String, _ get: (UnsafeMutableBufferPointer<UInt8>) -> Int
  ) throws(SystemError) -> String? {
    var buffer = [UInt8](repeating: 0, count: 1024)
    do {
      let count = try Errno.countOrErrno { buffer.withUnsafeMutableBufferPointer { get($0) } }
      return String(decoding: buffer[..<count], as: UTF8.self)
    } catch {
      if error == .noAttribute || error == .notSupported { return nil }
      throw SystemError("read attribute \(name) of", path, error)
    }
  }

  package func setAttribute(
    _ name: String, of path: String, to value: String
  ) throws(SystemError) -> Bool {
    try setAttribute(name, path) {
      PathText.withCString(path) { lsetxattr($0, "user.\(name)", value, value.utf8.count, 0) }
    }
  }

  package func setAttribute(
    _ name: String, of file: OpenFile, to value: String
  ) throws(SystemError) -> Bool {
    try setAttribute(name, file.path) {
      fsetxattr(file.descriptor, "user.\(name)", value, value.utf8.count, 0)
    }
  }

  private func setAttribute(
    _ name: String, _ path: String, _ set: () -> CInt
  ) throws(SystemError) -> Bool {
    do {
      _ = try Errno.valueOrErrno(set)
      return true
    } catch {
      if error == .notSupported { return false }
      throw SystemError("set attribute \(name) of", path, error)
    }
  }

  package func sync(_ file: OpenFile) throws(SystemError) {
    syncs?.noteFile()
    _ = try SystemError.naming("sync", file.path) { () throws(Errno) in
      try Errno.valueOrErrno { fsync(file.descriptor) }
    }
  }

  package func syncDirectory(_ path: String) throws(SystemError) {
    let directory = try open(path, .read)
    try sync(directory)
    // An XFS that has shut itself down, its device being gone, answers fsync(2) of a directory with success although
    // nothing was written, but any look with EIO.
    _ = try directory.status()
  }

  package func syncFileSystem(of path: String) throws(SystemError) {
    syncs?.noteFileSystem()
    let directory = try open(path, .read)
    _ = try SystemError.naming("sync the file system of", path) { () throws(Errno) in
      try Errno.valueOrErrno { spool_sync_file_system(directory.descriptor) }
    }
  }

  package func syncFileSystem(behind file: OpenFile) throws(SystemError) {
    syncs?.noteFileSystem()
    _ = try SystemError.naming("sync the file system of", file.path) { () throws(Errno) in
      try Errno.valueOrErrno { spool_sync_file_system(file.descriptor) }
    }
  }

  package func removeTree(_ path: String) throws(SystemError) {
    guard let status = try status(of: path) else { return }
    guard status.kind == .directory else { return try unlinkIfPresent(path) }
    var removal = TreeRemoval(path)
    try removal.run()
  }

  package func list(_ directory: String) throws(SystemError) -> DirectoryListing {
    try DirectoryListing(of: directory)
  }

  private func call(
    _ verb: String, _ path: String, _ body: (UnsafePointer<CChar>) -> CInt
  ) throws(SystemError) {
    _ = try SystemError.naming(verb, path) { () throws(Errno) in
      try Errno.valueOrErrno { PathText.withCString(path, body) }
    }
  }

  private func call(
    _ verb: String, _ source: String, _ target: String,
    _ body: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> CInt
  ) throws(SystemError) {
    do {
      _ = try Errno.valueOrErrno {
        PathText.withCString(source) { from in PathText.withCString(target) { body(from, $0) } }
      }
    } catch {
      throw SystemError(verb, "\(source) to \(target)", error)
    }
  }
}

extension OpenMode {
  fileprivate var flags: CInt {
    switch self {
    case .read: O_RDONLY | O_NONBLOCK
    case .create, .createPrivate: O_WRONLY | O_CREAT | O_EXCL
    // Of a regular file it changes nothing; a FIFO that stands in its place keeps nobody waiting.
    case .append: O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK
    case .update: O_RDWR | O_CREAT
    case .poke: O_WRONLY | O_NONBLOCK
    }
  }

  /// Of a file that is made; the umask takes from it.
  fileprivate var permissions: mode_t { self == .createPrivate ? 0o600 : 0o666 }

  fileprivate var verb: String {
    switch self {
    case .create, .createPrivate: "create"
    case .read, .append, .update, .poke: "open"
    }
  }
}
