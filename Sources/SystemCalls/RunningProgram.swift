// SPDX-License-Identifier: MIT
import Glibc

/// The program that this process runs.
package enum RunningProgram {
  /// Where it lies; proc(5), `exe`. Its neighbours are found beside it.
  package static var path: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    return PathText.decode(buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)))
  }
}
