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

  /// The number of its process.
  package static var processID: Int { Int(getpid()) }

  /// What the machine calls itself; gethostname(2).
  package static var hostName: String {
    // Longer ones are cut off by the kernel.
    var buffer = [CChar](repeating: 0, count: 65)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return PathText.decode(buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)))
  }
}
