// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// A producer that writes a file through a shared memory map, its descriptor long closed.
final class MappedWriter {
  private let start: UnsafeMutableRawPointer
  private let size: Int

  init(_ path: String, size: Int) throws {
    let descriptor = open(path, O_RDWR | O_CREAT, 0o644)
    defer { Glibc.close(descriptor) }
    guard descriptor != -1, ftruncate(descriptor, size) == 0,
      let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      start != MAP_FAILED
    else { throw SystemError("map", path, Errno(rawValue: errno)) }
    self.start = start
    self.size = size
  }

  func write(_ text: String) {
    start.copyMemory(from: Array(text.utf8), byteCount: min(size, text.utf8.count))
  }

  func close() { munmap(start, size) }
}

/// A producer that gives a file its name only when it is complete: O_TMPFILE and linkat(2).
enum NamelessFile {
  static func write(_ text: String, linkedAs path: String) throws {
    // O_TMPFILE is a macro of several flags, which Swift does not import.
    let temporary: CInt = 0o20000000 | O_DIRECTORY
    let descriptor = open(path.parentPath, O_WRONLY | temporary, 0o644)
    guard descriptor != -1 else { throw SystemError("create", path, Errno(rawValue: errno)) }
    let file = OpenFile(descriptor: descriptor, path: path)
    try file.write(Array(text.utf8))
    let own = "/proc/self/fd/\(descriptor)"
    guard linkat(AT_FDCWD, own, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 else {
      throw SystemError("link", path, Errno(rawValue: errno))
    }
  }
}
