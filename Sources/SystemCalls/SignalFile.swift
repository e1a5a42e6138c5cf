// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// A signal that a program reads in its loop instead of being interrupted by it; signalfd(2).
package enum Signal: CInt, Sendable, CaseIterable {
  case hangUp = 1
  case interrupt = 2
  case kill = 9
  case user1 = 10
  case terminate = 15
  case processorTimeExceeded = 24
  case fileSizeExceeded = 25
  case windowChanged = 28

  /// The name that kill(1) uses: `SIGTERM`.
  package static func name(_ number: CInt) -> String {
    spool_signal_name(number).map { "SIG" + String(cString: $0) } ?? "signal \(number)"
  }
}

/// Signals as something to read: they are blocked and wait in a descriptor; signalfd(2).
package final class SignalFile {
  package let file: OpenFile

  /// Blocks the signals for the process and opens the descriptor that tells of them.
  package init(_ signals: [Signal]) throws(SystemError) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal.rawValue) }
    sigprocmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
    // A producer that opens a file while its lease is tried raises it; ``OpenFile/hasWriter()``.
    signal(SIGIO, SIG_IGN)
    let descriptor = try SystemError.naming("create", "a signal descriptor") { () throws(Errno) in
      try Errno.valueOrErrno { signalfd(-1, &set, CInt(SFD_CLOEXEC | SFD_NONBLOCK)) }
    }
    file = OpenFile(descriptor: descriptor, path: "signals")
  }

  /// The next signal that has arrived, or nil.
  package func next() -> Signal? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard read(file.descriptor, &info, size) == size else { return nil }
    return Signal(rawValue: CInt(info.ssi_signo))
  }
}
