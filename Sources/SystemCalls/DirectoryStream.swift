// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// The names of a directory, some at a time, so that a large one keeps nobody waiting.
package final class DirectoryStream {
  private let stream: OpaquePointer
  private let path: String

  package init(_ path: String) throws(SystemError) {
    guard let stream = PathText.withCString(path, { spool_open_directory($0) }) else {
      throw SystemError("list", path, Errno(rawValue: errno))
    }
    self.stream = stream
    self.path = path
  }

  deinit { closedir(stream) }

  /// Calls `body` with the bytes of up to `limit` further names, `.` and `..` included; false after the last.
  package func next(
    _ limit: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws(SystemError) -> Bool {
    for _ in 0..<limit {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw SystemError("list", path, Errno(rawValue: errno)) }
        return false
      }
      let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
      let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: UInt8.self)
      body(UnsafeBufferPointer(start: name, count: strlen(UnsafePointer(OpaquePointer(name)))))
    }
    return true
  }
}
