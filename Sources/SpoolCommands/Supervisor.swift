// SPDX-License-Identifier: MIT
import SystemCalls

/// Runs the spool's programs in the foreground under one command: `spool up`. Ends with the first of them.
package final class Supervisor {
  private let loop: EventLoop
  private let signals: SignalFile
  private let report: Report
  /// In the order of their start; they are stopped in the same order, the dispatcher first.
  private var children: [(name: String, process: ChildProcess)] = []
  private var isStopping = false
  private var casualty: String?

  package init(report: Report) throws(SystemError) {
    self.report = report
    loop = try EventLoop()
    signals = try SignalFile([.terminate, .interrupt, .hangUp])
    try loop.watch(signals.file.descriptor) { [unowned self] in takeSignals() }
  }

  package func start(
    _ program: String, _ arguments: [String], environment: [String]
  ) throws(SystemError) {
    var plan = ChildPlan(program, arguments, environment: environment)
    let messages = try OpenFile.standardError()
    plan.descriptors = [try SystemFiles().open("/dev/null", .read), messages, messages]
    // Ctrl-C is for us to pass on, once and in order.
    plan.ownGroup = true
    plan.diesWithParent = true
    let process = try ChildProcess.start(plan)
    children.append((program.lastPathPart, process))
    try loop.watch(process.pidfd.descriptor) { [unowned self] in end(process) }
  }

  /// Returns when all have ended.
  ///
  /// - Throws: `childDied` with the program that ended without being told to.
  package func run() throws(CommandError) {
    while !children.isEmpty { loop.turn(nil) }
    if let casualty { throw .childDied(casualty) }
  }

  private func takeSignals() {
    while let signal = signals.next() {
      guard signal == .hangUp else {
        stop()
        continue
      }
      // spoold reads spool.toml again, spool-cron the crontab; spool-cache does not mind.
      for child in children { child.process.send(.hangUp) }
    }
  }

  /// Once: the dispatcher lets running jobs end. Twice: it does not.
  private func stop() {
    isStopping = true
    children.first?.process.send(.terminate)
  }

  private func end(_ process: ChildProcess) {
    guard let end = process.reap() else { return }
    loop.forget(process.pidfd.descriptor)
    guard let index = children.firstIndex(where: { $0.process === process }) else { return }
    let name = children.remove(at: index).name
    if !isStopping {
      casualty = name
      report("\(name) has ended: \(end.cause)")
      isStopping = true
    }
    // The next one, once the one before it is done.
    children.first?.process.send(.terminate)
  }
}
