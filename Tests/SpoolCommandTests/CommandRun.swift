// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls

/// One run of the built `spool`: what it printed, what it complained of, and how it exited.
struct CommandRun {
  let status: Int32
  let output: String
  let complaints: String

  /// - Parameter input: what stands on its standard input.
  init(
    _ arguments: [String], in directory: String, input: String = "", environment: [String] = []
  ) throws {
    let files = try TemporaryDirectory("run")
    try files.write(input, to: "input")
    let output = try SystemFiles().open("\(files.path)/output", .create)
    let complaints = try SystemFiles().open("\(files.path)/complaints", .create)
    var plan = ChildPlan(
      RunningProgram.path.parentPath + "/spool", arguments, environment: environment)
    plan.directory = directory
    plan.descriptors = [try SystemFiles().open("\(files.path)/input", .read), output, complaints]
    status = try Self.end(of: ChildProcess.start(plan))
    self.output = try files.read("output")
    self.complaints = try files.read("complaints")
  }

  /// 128 and the signal where one ended it.
  private static func end(of child: ChildProcess) throws -> Int32 {
    let loop = try EventLoop()
    try loop.watch(child.pidfd.descriptor) {}
    while true {
      switch child.reap()?.cause {
      case .exited(let status): return status
      case .signalled(let number): return 128 + number
      case nil: loop.turn(.seconds(30))
      }
    }
  }
}

extension TestSpool {
  /// Runs `spool` with the spool as its current directory.
  func command(_ arguments: String..., input: String = "") throws -> CommandRun {
    try CommandRun(arguments, in: root, input: input)
  }
}
