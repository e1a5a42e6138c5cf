// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// A spool with a real `spool-cron`, in UTC; gone with the last reference.
final class ClockSpool {
  let spool: TestSpool
  private(set) var clock: ChildProcess?

  init(_ crontab: String, queues: [String] = ["q"]) throws {
    spool = try TestSpool([:], queues: queues)
    try spool.put(crontab, at: "crontab")
  }

  /// Its messages begin anew.
  ///
  /// - Parameter prefix: a program that runs it, such as strace.
  func start(under prefix: [String] = []) throws {
    let words = prefix + [RunningProgram.path.parentPath + "/spool-cron", spool.root]
    var plan = ChildPlan(
      words[0], Array(words.dropFirst()), environment: ["TZ=UTC", "PATH=/usr/bin:/bin"])
    let messages = try SystemFiles().open("\(spool.root)/tmp/messages", .append)
    spool.run(": > tmp/messages")
    plan.descriptors = [try SystemFiles().open("/dev/null", .read), messages, messages]
    plan.ownGroup = true
    clock = try ChildProcess.start(plan)
  }

  /// Nil where it does not end.
  func end(with signal: Signal? = .terminate) -> ProcessEnd.Cause? {
    if let signal { clock?.send(signal) }
    var cause: ProcessEnd.Cause?
    _ = spool.waits {
      cause = clock?.reap()?.cause
      return cause != nil
    }
    clock = nil
    return cause
  }

  var messages: String { spool.read("tmp/messages") ?? "" }
  var jobs: [String] { spool.names(in: "incoming/q") }
  var stamps: [String] { hidden.filter { $0.hasSuffix(".stamp") } }
  var prepared: [String] { hidden.filter { $0.hasSuffix(".json") } }
  private var hidden: [String] { spool.names(in: ".cron") }

  func waits(for text: String) -> Bool { spool.waits { messages.contains(text) } }

  /// Starts and ends a clock, so that its lines have their stamps, and sets these back.
  func pretend(lastLook ago: Duration) throws {
    try start()
    let lines = spool.read("crontab")?.split(separator: "\n").count { $0.contains(" q") }
    #expect(spool.waits { stamps.count == lines })
    #expect(end() == .exited(0))
    setStamps(to: SystemClock.now() - ago)
    spool.run("rm -f incoming/q/*; : > tmp/messages")
  }

  func setStamps(to moment: Timestamp) {
    let text = moment.iso8601
    #expect(
      spool.run(#"sed -i 's/"until":"[^"]*"/"until":"\#(text)"/' .cron/*.stamp"#) != nil)
  }

  /// A crontab line of queue q that was last due these many minutes ago, each, and is not due again in the next ones.
  static func line(minutesAgo: [Int]) -> String {
    let minute = Int(SystemClock.now().seconds) / 60
    let minutes = minutesAgo.map { String((minute - $0) % 60) }.joined(separator: ",")
    return "\(minutes) * * * * q"
  }
}

extension Timestamp {
  fileprivate static func - (moment: Timestamp, pause: Duration) -> Timestamp {
    Timestamp(nanoseconds: moment.nanoseconds - pause.nanoseconds)
  }
}
