// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// A timer for a moment of the wall clock that also rings when somebody sets the clock; timerfd(2).
///
/// A pause computed from the clock is wrong as soon as the clock is set, and does not pass while the machine sleeps.
package final class ClockTimer {
  package let file: OpenFile
  /// Nil where it is not armed.
  private var moment: Timestamp?

  package init() throws(SystemError) {
    let descriptor = try SystemError.naming("create", "a timer") { () throws(Errno) in
      try Errno.valueOrErrno {
        timerfd_create(CLOCK_REALTIME, CInt(TFD_CLOEXEC) | CInt(TFD_NONBLOCK))
      }
    }
    file = OpenFile(descriptor: descriptor, path: "clock timer")
  }

  /// Rings at this moment, at once if it has passed; an earlier setting is forgotten. Nil: only when the clock is set.
  package func arm(at moment: Timestamp?) {
    // All zero would mean never.
    let moment = max(moment ?? .distantFuture, Timestamp(nanoseconds: 1))
    guard moment != self.moment else { return }
    self.moment = moment
    var setting = itimerspec(it_interval: timespec(), it_value: moment.raw)
    timerfd_settime(file.descriptor, CInt(TFD_TIMER_ABSTIME) | Self.cancelOnSet, &setting, nil)
  }

  /// Makes the descriptor unreadable again; to be called by its handler, and then the timer is to be armed anew.
  ///
  /// - Returns: true where the clock has been set.
  package func acknowledge() -> Bool {
    moment = nil
    var count: UInt64 = 0
    return read(file.descriptor, &count, MemoryLayout<UInt64>.size) == -1 && errno == ECANCELED
  }

  private static let cancelOnSet: CInt = 1 << 1
}

extension Timestamp {
  /// The last moment that there is, in 2262.
  package static let distantFuture = Timestamp(nanoseconds: .max)
}
