// SPDX-License-Identifier: MIT
import CSystemCalls

/// When a file was made, which no later change of it touches; statx(2).
package enum FileBirth {
  /// Nil where there is no such file or its file system does not keep the time.
  package static func moment(of path: String) -> Timestamp? {
    var seconds: Int64 = 0
    var nanoseconds: Int64 = 0
    let result = PathText.withCString(path) { spool_birth($0, &seconds, &nanoseconds) }
    return result == 0 ? Timestamp(seconds: seconds, nanoseconds: nanoseconds) : nil
  }
}
