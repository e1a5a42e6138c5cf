// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// A directory being listed: its names can be taken a few at a time, so that a large one holds nobody up.
///
/// A name that stands from the beginning to the end is told once; what comes or goes meanwhile may be told or not.
package final class DirectoryListing {
  private let stream: OpaquePointer
  private let path: String

  init(of path: String) throws(SystemError) {
    guard let stream = PathText.withCString(path, { spool_open_directory($0) }) else {
      throw SystemError("list", path, Errno(rawValue: errno))
    }
    self.stream = stream
    self.path = path
  }

  /// Lists an open directory from its start, without moving the descriptor itself.
  init(of directory: OpenFile) throws(SystemError) {
    let copy = spool_open_at(directory.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy != -1, let stream = fdopendir(copy) else {
      let error = Errno(rawValue: errno)
      if copy != -1 { close(copy) }
      throw SystemError("list", directory.path, error)
    }
    self.stream = stream
    path = directory.path
  }

  deinit { closedir(stream) }

  /// The next name but `.` and `..`, in the order of the directory; nil after the last.
  package func next() throws(SystemError) -> String? {
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = Self.name(of: entry)
      if name != ".", name != ".." { return name }
    }
    guard errno == 0 else { throw SystemError("list", path, Errno(rawValue: errno)) }
    return nil
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    let start = UnsafeRawPointer(entry).advanced(by: offset)
    let length = strlen(start.assumingMemoryBound(to: CChar.self))
    return PathText.decode(UnsafeRawBufferPointer(start: start, count: length))
  }
}
