// SPDX-License-Identifier: MIT
import SystemCalls

/// Bash as a producer or an operator uses it: one command, waited for.
package struct Shell {
  private let directory: String
  package let variables: [String]
  /// Seconds; a command that hangs fails its test, not the run of all.
  private let patience: Int

  package init(directory: String, variables: [String] = [], patience: Int = 60) {
    self.directory = directory
    self.variables = variables
    self.patience = patience
  }

  /// What the command printed, errors included, without the last newline; nil where its exit status was not 0.
  package func run(_ command: String) -> String? {
    do { return try output(of: command) } catch { return nil }
  }

  private func output(of command: String) throws(SystemError) -> String? {
    let (child, output) = try start(command)
    let text = String(decoding: try output.readAll(), as: UTF8.self)
    let loop = try EventLoop()
    try loop.watch(child.pidfd.descriptor) {}
    while true {
      if let end = child.reap() {
        guard end.cause == .exited(0) else { return nil }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
      }
      loop.turn(.seconds(1))
    }
  }

  /// The writing end is the child's alone once this returns, so that what it prints has an end.
  private func start(_ command: String) throws(SystemError) -> (ChildProcess, OpenFile) {
    let pipe = try PipeEnds()
    var plan = ChildPlan(
      "/usr/bin/timeout", ["--kill-after=1", "\(patience)", "/bin/bash", "-c", command],
      environment: ["PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"] + variables)
    plan.directory = directory
    plan.descriptors = [try SystemFiles().open("/dev/null", .read), pipe.writing, pipe.writing]
    return (try ChildProcess.start(plan), pipe.reading)
  }
}
