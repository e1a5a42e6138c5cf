// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls
import Testing

/// One after the other: one of them sets the clock, which the other would hear.
@Suite(.serialized) struct ClockTimerTests {
  private func rings(_ timer: ClockTimer, within milliseconds: CInt) -> Bool {
    var wait = pollfd(fd: timer.file.descriptor, events: CShort(POLLIN), revents: 0)
    return poll(&wait, 1, milliseconds) == 1
  }

  @Test func `it rings at its moment, and at once where that has passed`() throws {
    let timer = try ClockTimer()
    timer.arm(at: SystemClock.now() + .milliseconds(20))
    #expect(rings(timer, within: 10_000))
    #expect(!timer.acknowledge())
    #expect(!rings(timer, within: 0))
    timer.arm(at: Timestamp(seconds: -5))
    #expect(rings(timer, within: 10_000))
  }

  @Test func `it tells when somebody sets the clock`() throws {
    let timer = try ClockTimer()
    timer.arm(at: nil)
    #expect(!rings(timer, within: 0))
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    // To what it is: the kernel cancels the timers all the same.
    guard clock_settime(CLOCK_REALTIME, &now) == 0 else {
      print("skipped: only root may set the clock")
      return
    }
    #expect(rings(timer, within: 10_000))
    #expect(timer.acknowledge())
    timer.arm(at: nil)
    #expect(!rings(timer, within: 0))
  }
}
