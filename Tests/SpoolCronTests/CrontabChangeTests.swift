// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// A crontab that is changed while the clock runs.
@Suite struct CrontabChangeTests {
  private static let never = "0 0 1 1 * q\n"
  private static let always = "* * * * * * q\n"

  @Test(arguments: [
    "mv tmp/new crontab", "cp tmp/new crontab", "rm crontab; ln tmp/new crontab",
    "cp tmp/new .crontab.swp; mv crontab crontab~; mv .crontab.swp crontab",
  ])
  func `it is read as soon as it has changed, however it is saved`(_ command: String) throws {
    let clock = try ClockSpool(Self.never)
    try clock.start()
    #expect(clock.waits(for: "1 lines"))
    try clock.spool.put(Self.never + Self.always, at: "tmp/new")
    clock.spool.run(command)
    #expect(clock.waits(for: "2 lines"))
    #expect(clock.spool.waits { !clock.jobs.isEmpty })
    #expect(clock.end() == .exited(0))
  }

  @Test func `while somebody writes it the lines before stay`() throws {
    let clock = try ClockSpool(Self.always)
    try clock.start()
    #expect(clock.spool.waits { !clock.jobs.isEmpty })
    // Open for writing, and empty, until told.
    clock.spool.run(
      "(exec 9> crontab; until [ -e tmp/go ]; do sleep 0.05; done; echo '\(Self.always)' >&9) > /dev/null 2>&1 &"
    )
    #expect(clock.spool.waits { clock.spool.read("crontab") == "" })
    clock.clock?.send(.hangUp)
    let count = clock.jobs.count
    #expect(clock.spool.waits { clock.jobs.count >= count + 3 })
    #expect(!clock.messages.contains("0 lines"))
    clock.spool.run("touch tmp/go")
    #expect(
      clock.spool.waits {
        clock.messages.split(separator: "\n").count { $0.contains("read ") } == 2
      })
    #expect(clock.end() == .exited(0))
  }

  @Test func `a line that was taken out and comes back begins anew`() throws {
    let line = ClockSpool.line(minutesAgo: [10])
    let clock = try ClockSpool(line)
    try clock.start()
    #expect(clock.spool.waits { clock.stamps.count == 1 })
    try clock.spool.put("# \(line)", at: "crontab")
    #expect(clock.waits(for: "0 lines"))
    #expect(clock.spool.waits { clock.stamps.isEmpty })
    try clock.spool.put(line, at: "crontab")
    #expect(clock.spool.waits { clock.stamps.count == 1 })
    #expect(clock.end() == .exited(0))
    #expect(clock.jobs.isEmpty && !clock.messages.contains("missed"))
  }

  @Test func `a line that only moves, or is spaced otherwise, stays the same`() throws {
    let clock = try ClockSpool(ClockSpool.line(minutesAgo: [10]))
    try clock.pretend(lastLook: .seconds(1200))
    try clock.start()
    #expect(clock.waits(for: "dropped"))
    let stamps = clock.stamps
    let words = ClockSpool.line(minutesAgo: [10]).split(separator: " ").joined(separator: "\t ")
    let minute = try #require(clock.spool.read("crontab")?.split(separator: " ").first)
    let rest = words.split(separator: "\t").dropFirst().joined(separator: "\t")
    try clock.spool.put("# moved\n\n  \(minute)\t\(rest)  \n" + Self.never, at: "crontab")
    #expect(clock.waits(for: "2 lines"))
    #expect(clock.spool.waits { clock.stamps.count == 2 })
    #expect(Set(clock.stamps).isSuperset(of: stamps))
    #expect(clock.end() == .exited(0))
    #expect(clock.jobs.count == 1)
  }

  @Test func `a missing crontab is told, and waited for`() throws {
    let clock = try ClockSpool("")
    clock.spool.run("rm crontab")
    try clock.start()
    #expect(
      clock.waits(
        for: "there is no \(clock.spool.root)/crontab: nothing is dropped until there is one"))
    try clock.spool.put(Self.always, at: "crontab")
    #expect(clock.spool.waits { !clock.jobs.isEmpty })
    clock.spool.run("rm crontab")
    #expect(
      clock.spool.waits {
        clock.messages.split(separator: "\n").count { $0.contains("there is no ") } == 2
      })
    #expect(clock.end() == .exited(0))
  }

  @Test func `SIGHUP reads it again, zones included`() throws {
    let clock = try ClockSpool(Self.never)
    try clock.start()
    #expect(clock.waits(for: "1 lines"))
    clock.clock?.send(.hangUp)
    #expect(
      clock.spool.waits {
        clock.messages.split(separator: "\n").count { $0.contains("read ") } == 2
      })
    #expect(clock.end() == .exited(0))
  }

  @Test(arguments: [
    ("", "66", "is not a spool"), ("--what .", "64", "usage: spool-cron [--bin DIR] SPOOL"),
    (". .", "64", "usage"),
  ])
  func `what keeps it from beginning is told`(
    _ arguments: String, _ status: String, _ message: String
  ) throws {
    let clock = try ClockSpool("")
    let program = RunningProgram.path.parentPath + "/spool-cron"
    let words = arguments.isEmpty ? "tmp" : arguments
    clock.spool.run("\(program) \(words) 2> tmp/said; echo $? > tmp/status")
    #expect(clock.spool.read("tmp/status") == "\(status)\n")
    #expect(clock.spool.read("tmp/said")?.contains(message) == true)
  }

  @Test func `a zone of the machine that is none stops it at its start`() throws {
    let clock = try ClockSpool("")
    let program = RunningProgram.path.parentPath + "/spool-cron"
    clock.spool.run("TZ=Mars/Olympus \(program) . 2> tmp/said; echo $? > tmp/status")
    #expect(clock.spool.read("tmp/status") == "78\n")
    #expect(
      clock.spool.read("tmp/said") == "spool-cron: there is no time zone 'Mars/Olympus'\n")
  }
}
