// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// The two ends of a pipe; pipe(2).
package struct PipeEnds {
  package let reading: OpenFile
  package let writing: OpenFile

  package init() throws(SystemError) {
    var ends: [CInt] = [-1, -1]
    _ = try SystemError.naming("create", "a pipe") { () throws(Errno) in
      try Errno.valueOrErrno { spool_pipe(&ends) }
    }
    reading = OpenFile(descriptor: ends[0], path: "a pipe")
    writing = OpenFile(descriptor: ends[1], path: "a pipe")
  }
}

extension PipeEnds {
  /// From now on writing to a pipe that nobody reads is an error, EPIPE, and does not end this process.
  package static func surviveBrokenOnes() { signal(SIGPIPE, SIG_IGN) }
}

extension OpenFile {
  /// Lets reads and writes fail with EAGAIN where they would wait; affects every copy of the descriptor.
  package func stopWaiting() throws(SystemError) {
    _ = try SystemError.naming("change the mode of", path) { () throws(Errno) in
      try Errno.valueOrErrno { spool_set_nonblocking(descriptor) }
    }
  }
}
