// SPDX-License-Identifier: MIT
import Glibc

/// The program that this process runs.
package enum ProcessImage {
  /// Puts another one in its place, with the same process id, descriptors and environment; execv(3).
  ///
  /// - Returns: only where that cannot be.
  package static func replace(with path: String, _ arguments: [String]) -> SystemError {
    var words = ([path] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    execv(path, words)
    return SystemError("execute", path, Errno(rawValue: errno))
  }
}
