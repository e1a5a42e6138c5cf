// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// The real spool-cron killed by strace(1) before each system call of a kind; CrashTests does it inside one process.
@Suite(.serialized) struct ClockKillTests {
  @Test(arguments: ["rename", "renameat2", "fsync", "openat", "write", "unlink"])
  func `killed before each system call, it has dropped its run once after the next start`(
    _ call: String
  ) throws {
    let clock = try ClockSpool(ClockSpool.line(minutesAgo: [10]))
    try clock.pretend(lastLook: .seconds(1200))
    clock.spool.run("cp -r .cron tmp/before")
    for number in 1... {
      clock.spool.run("rm -rf .cron incoming/q/*; cp -r tmp/before .cron; : > tmp/messages")
      let inject = "inject=\(call):signal=KILL:when=\(number)"
      try clock.start(
        under: ["/usr/bin/strace", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", inject])
      var wasKilled = false
      #expect(
        clock.spool.waits {
          wasKilled = clock.clock?.reap() != nil
          return wasKilled || clock.messages.contains("dropped")
        })
      if !wasKilled {
        clock.clock?.sendToGroup(.terminate)
        _ = clock.end(with: nil)
        #expect(number > 1 || call == "unlink", "it never called \(call)")
        return
      }
      // Its job may have run and been pruned meanwhile.
      let wasDropped = !clock.jobs.isEmpty
      if wasDropped { clock.spool.run("rm incoming/q/*") }
      try clock.start()
      #expect(
        clock.spool.waits {
          clock.messages.split(separator: "\n").contains { $0.contains("read ") }
        })
      if !wasDropped { #expect(clock.spool.waits { !clock.jobs.isEmpty }) }
      #expect(clock.end() == .exited(0))
      #expect(clock.jobs.count == (wasDropped ? 0 : 1), "\(call) \(number)")
      #expect(clock.prepared.isEmpty)
    }
  }
}
