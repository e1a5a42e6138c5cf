// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// A timer that an ``EventLoop`` can wait for: its descriptor is readable once the time has come; timerfd(2).
package final class TimerFile {
  package let file: OpenFile

  package init() throws(SystemError) {
    let descriptor = try SystemError.naming("create", "a timer") { () throws(Errno) in
      // Also counts the time that the machine sleeps.
      try Errno.valueOrErrno {
        timerfd_create(CLOCK_BOOTTIME, CInt(TFD_CLOEXEC) | CInt(TFD_NONBLOCK))
      }
    }
    file = OpenFile(descriptor: descriptor, path: "timer")
  }

  /// Rings once, this long from now; an earlier setting is forgotten.
  package func arm(after pause: Duration) {
    let (seconds, attoseconds) = pause.components
    // All zero would mean never.
    let nanoseconds = max(seconds < 0 ? 0 : Int(attoseconds / 1_000_000_000), seconds > 0 ? 0 : 1)
    set(timespec(tv_sec: max(0, Int(seconds)), tv_nsec: nanoseconds))
  }

  package func disarm() { set(timespec()) }

  /// Makes the descriptor unreadable again; to be called by its handler.
  package func acknowledge() {
    var count: UInt64 = 0
    read(file.descriptor, &count, MemoryLayout<UInt64>.size)
  }

  private func set(_ value: timespec) {
    var setting = itimerspec(it_interval: timespec(), it_value: value)
    timerfd_settime(file.descriptor, 0, &setting, nil)
  }
}
