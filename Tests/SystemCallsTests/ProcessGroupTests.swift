// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls
import Testing

/// Groups of processes as /proc shows them.
struct ProcessGroupTests {
  private func start(_ command: String) throws -> ChildProcess {
    var plan = ChildPlan("/bin/sh", ["-c", command], environment: ["PATH=/usr/bin:/bin"])
    plan.ownGroup = true
    return try ChildProcess.start(plan)
  }

  /// A machine under load may take its time.
  private func waits(until condition: () -> Bool) -> Bool {
    for _ in 0..<3_000 {
      if condition() { return true }
      usleep(10_000)
    }
    return false
  }

  @Test func `the end of a group is the end of all in it, also of those that stand still`() throws {
    let child = try start("sleep 600 & kill -STOP $! & sleep 600 & wait")
    #expect(waits { ProcessGroup.members(of: child.pid).count >= 3 })
    #expect(ProcessGroup.runs("/bin/sh", child.pid))
    #expect(!ProcessGroup.runs("/bin/false", child.pid))
    #expect(ProcessGroup.privateBytes(of: child.pid) > 0)
    // Nobody has reaped the first one: a dead one does not count.
    #expect(ProcessGroup.end(child.pid, within: .seconds(30)))
    #expect(ProcessGroup.members(of: child.pid) == [])
    #expect(waits { child.reap() != nil })
  }

  @Test func `a group that nobody is in has ended`() throws {
    let child = try start("exit 0")
    #expect(waits { child.reap() != nil })
    #expect(ProcessGroup.end(child.pid, within: .zero))
    #expect(ProcessGroup.privateBytes(of: child.pid) == 0)
  }
}
