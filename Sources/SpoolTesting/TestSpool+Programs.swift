// SPDX-License-Identifier: MIT
import SystemCalls

extension TestSpool {
  /// Starts one more of the programs, such as `spool-cache`; it ends with the spool.
  ///
  /// - Parameter prefix: a program that runs it, such as strace.
  package func start(
    program name: String, under prefix: [String] = []
  ) throws(SystemError) -> ChildProcess {
    let programs = RunningProgram.path.parentPath
    return try startAside(["/usr/bin/env"] + prefix + ["\(programs)/\(name)", root])
  }

  /// Starts a producer: bash in the root of the spool, its output nowhere.
  package func startProducer(_ script: String) throws(SystemError) -> ChildProcess {
    try startAside(["/bin/bash", "-c", script], in: root)
  }

  private func startAside(
    _ words: [String], in directory: String? = nil
  ) throws(SystemError) -> ChildProcess {
    var plan = ChildPlan(
      words[0], Array(words.dropFirst()),
      environment: ["PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "BIN=\(bin)"])
    plan.directory = directory
    plan.descriptors = try (0..<3).map { _ throws(SystemError) in
      try SystemFiles().open("/dev/null", .update)
    }
    return try ChildProcess.start(plan)
  }

  /// False where it has not ended in time.
  package func waits(forEndOf child: ChildProcess, for time: Duration = patience) -> Bool {
    waits(for: time) { child.reap() != nil }
  }
}
