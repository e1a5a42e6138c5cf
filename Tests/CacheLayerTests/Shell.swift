// SPDX-License-Identifier: MIT
import SystemCalls

/// Commands that tests need done by other programs than ours.
enum Shell {
  /// The exit status of a bash command.
  static func run(_ command: String) -> Int32? {
    do {
      let plan = ChildPlan("/bin/bash", ["-c", command], environment: ["PATH=/usr/bin:/bin"])
      let child = try ChildProcess.start(plan)
      guard case .exited(let status) = try end(of: child) else { return nil }
      return status
    } catch {
      return nil
    }
  }

  static func end(of child: ChildProcess) throws -> ProcessEnd.Cause {
    let loop = try EventLoop()
    try loop.watch(child.pidfd.descriptor) {}
    while true {
      loop.turn(.seconds(1))
      if let end = child.reap() { return end.cause }
    }
  }
}
