// SPDX-License-Identifier: MIT
import Glibc

/// What a person has set may be a symbolic link; whoever opens a directory to sync it follows none at the end of a path.
package enum RealPath {
  /// Where a path leads; itself where there is nothing. realpath(3)
  package static func of(_ path: String) -> String {
    guard let real = PathText.withCString(path, { realpath($0, nil) }) else { return path }
    defer { free(real) }
    return PathText.decode(
      UnsafeBufferPointer(start: real, count: strlen(real)).map(UInt8.init(bitPattern:)))
  }
}
