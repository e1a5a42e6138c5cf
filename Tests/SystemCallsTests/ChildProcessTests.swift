// SPDX-License-Identifier: MIT
import Testing

@testable import SystemCalls

struct ChildProcessTests {
  private func end(of child: ChildProcess) throws -> ProcessEnd {
    let loop = try EventLoop()
    try loop.watch(child.pidfd.descriptor) {}
    while true {
      loop.turn(.seconds(5))
      if let end = child.reap() { return end }
    }
  }

  @Test func `a child's exit status and signal come back`() throws {
    let seven = try ChildProcess.start(ChildPlan("/bin/sh", ["-c", "exit 7"], environment: []))
    #expect(try end(of: seven).cause == .exited(7))
    let killed = try ChildProcess.start(
      ChildPlan("/bin/sh", ["-c", "kill -9 $$"], environment: []))
    #expect(try end(of: killed).cause == .signalled(9))
  }

  @Test func `a program that is not there is known at once`() {
    #expect(throws: SystemError("execute", "/nowhere/task", .noSuchFile)) {
      _ = try ChildProcess.start(ChildPlan("/nowhere/task", environment: []))
    }
  }

  @Test func `a child gets its descriptors, directory and environment, and nothing else`() throws {
    let files = SystemFiles()
    let directory = "/tmp/spool-child-\(SystemClock.monotonic())"
    try files.makeDirectory(directory)
    defer { try? files.removeTree(directory) }
    let output = try files.open("\(directory)/out", .create)
    var plan = ChildPlan(
      "/bin/sh", ["-c", "pwd; echo $GREETING; ls /proc/self/fd"], environment: ["GREETING=hello"])
    plan.descriptors = [try files.open("/dev/null", .read), output, output]
    plan.directory = directory
    _ = try end(of: ChildProcess.start(plan))
    let lines = String(decoding: try files.contents(of: "\(directory)/out"), as: UTF8.self)
    // ls itself opens one more to list them.
    #expect(lines == "\(directory)\nhello\n0\n1\n2\n3\n")
  }

  @Test func `a file limit ends a child that writes too much`() throws {
    let files = SystemFiles()
    let path = "/tmp/spool-limit-\(SystemClock.monotonic())"
    defer { try? files.unlink(path) }
    var plan = ChildPlan("/bin/sh", ["-c", "exec cat /dev/zero"], environment: [])
    plan.descriptors = [try files.open("/dev/null", .read), try files.open(path, .create)]
    plan.limits.fileSize = 65536
    #expect(
      try end(of: ChildProcess.start(plan)).cause == .signalled(Signal.fileSizeExceeded.rawValue))
    #expect(try files.status(of: path)?.size == 65536)
  }
}
