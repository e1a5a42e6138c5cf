// SPDX-License-Identifier: MIT
import CronTable
import SpoolTesting
import SystemCalls
import Testing

/// The real spool-cron on a real spool.
@Suite struct JobClockTests {
  @Test func `each run of a line becomes one job, named after line and time`() throws {
    let clock = try ClockSpool("# a line\n* * * * * * q {\"a\": 1}\n")
    let begin = Int(SystemClock.now().seconds)
    try clock.start()
    #expect(clock.spool.waits { clock.jobs.count >= 3 })
    #expect(clock.end() == .exited(0))
    let runs = try clock.jobs.map { try #require(RunName($0.dropLast(".json".count)), "\($0)") }
    #expect(Set(runs.map(\.key)).count == 1)
    #expect(zip(runs, runs.dropFirst()).allSatisfy { $1.instant == $0.instant + 1 })
    #expect(runs[0].instant >= begin)
    for job in clock.jobs { #expect(clock.spool.read("incoming/q/\(job)") == "{\"a\": 1}\n") }
    #expect(clock.messages.contains("spool-cron: read \(clock.spool.root)/crontab: 1 lines\n"))
    #expect(clock.messages.contains("spool-cron: dropped q/\(runs[0]), line 2\n"))
    #expect(clock.prepared.isEmpty)
  }

  @Test func `what was dropped is not dropped again, though its job has run and been pruned`()
    throws
  {
    let clock = try ClockSpool(ClockSpool.line(minutesAgo: [10]))
    try clock.pretend(lastLook: .seconds(1200))
    try clock.start()
    #expect(clock.spool.waits { clock.jobs.count == 1 })
    #expect(clock.spool.waits { clock.prepared.isEmpty && clock.messages.contains("dropped") })
    #expect(clock.end(with: .kill) == .signalled(9))
    clock.spool.run("rm incoming/q/*; : > tmp/messages")
    for _ in 0..<3 {
      try clock.start()
      #expect(clock.waits(for: "read "))
      // It listens only after it has looked at every line.
      try clock.spool.put("# other\n" + ClockSpool.line(minutesAgo: [10]), at: "crontab")
      #expect(clock.end() == .exited(0))
      #expect(clock.jobs.isEmpty && !clock.messages.contains("dropped"))
    }
  }

  @Test func `several missed runs are made up for once, by the last of them`() throws {
    let clock = try ClockSpool(ClockSpool.line(minutesAgo: [20, 15, 10]))
    try clock.pretend(lastLook: .seconds(1500))
    try clock.start()
    #expect(clock.waits(for: "dropped"))
    #expect(clock.end() == .exited(0))
    let run = try #require(clock.jobs.first.flatMap { RunName($0.dropLast(5)) })
    #expect(clock.jobs.count == 1)
    let age = Int(SystemClock.now().seconds) - run.instant
    #expect((600..<900).contains(age), "\(age)")
    let first = InstantText.extended(run.instant - 600)
    let last = InstantText.extended(run.instant - 300)
    #expect(clock.messages.contains("line 1: missed from \(first) to \(last)\n"))
  }

  @Test func `a run that was missed for longer than CATCH_UP is left out, and told`() throws {
    let clock = try ClockSpool("CATCH_UP=5m\n" + ClockSpool.line(minutesAgo: [20, 15, 10]))
    try clock.pretend(lastLook: .seconds(1500))
    try clock.start()
    #expect(clock.waits(for: "line 2: missed from "))
    #expect(clock.end() == .exited(0))
    // Told once: it is dealt with.
    try clock.start()
    #expect(clock.waits(for: "read "))
    #expect(clock.end() == .exited(0))
    #expect(clock.jobs.isEmpty && !clock.messages.contains("missed"))
  }

  @Test
  func `a clock that was set back a little drops nothing twice, one that was far ahead goes on`()
    throws
  {
    let clock = try ClockSpool("* * * * * * q\n")
    try clock.pretend(lastLook: .zero)
    clock.setStamps(to: SystemClock.now() + .seconds(3600))
    try clock.start()
    #expect(clock.waits(for: "read "))
    try clock.spool.put("* * * * * * q\n0 0 1 1 * q\n", at: "crontab")
    #expect(clock.waits(for: "2 lines"))
    #expect(clock.end() == .exited(0))
    #expect(clock.jobs.isEmpty)
    clock.setStamps(to: SystemClock.now() + .seconds(86400))
    try clock.start()
    #expect(clock.waits(for: "line 1 goes on from now: the clock was as far as "))
    #expect(clock.spool.waits { !clock.jobs.isEmpty })
    #expect(clock.end() == .exited(0))
  }

  @Test func `a second clock is kept off, and begins when the first is gone`() throws {
    let clock = try ClockSpool("* * * * * * q\n")
    try clock.start()
    #expect(clock.waits(for: "read "))
    let second = try ClockSpool("")
    let program = RunningProgram.path.parentPath + "/spool-cron"
    #expect(
      second.spool.run("\(program) \(clock.spool.root) 2> tmp/said; echo $? > tmp/status") != nil)
    #expect(second.spool.read("tmp/status") == "75\n")
    #expect(second.spool.read("tmp/said")?.contains("another spool-cron serves this spool") == true)
    #expect(clock.end(with: .kill) == .signalled(9))
    try clock.start()
    let count = clock.jobs.count
    #expect(clock.spool.waits { clock.jobs.count > count })
    #expect(clock.end() == .exited(0))
  }

  @Test func `a bad line is told with its number, and the others go on`() throws {
    let clock = try ClockSpool(
      """
      61 * * * * q
      * * * * * * q {"a": 1}
      0 0 * * * q {"a": }
      0 0 * * * q {"task": "other"}
      0 0 * * * a/b
      0 0 * * *
      * * * * * * q   {"a": 1}
      """)
    try clock.start()
    #expect(clock.spool.waits { !clock.jobs.isEmpty })
    #expect(clock.end() == .exited(0))
    let place = "\(clock.spool.root)/crontab"
    for (number, reason) in [
      (1, "minute '61': it is not a number from 0 to 59"),
      (3, "what follows the queue is no job: "),
      (4, "the queue is q, but the envelope's task is other"), (5, "'a/b' cannot be a queue"),
      (6, "no queue stands behind the expression, nor an envelope with a task"),
      (7, "line 2 asks for the same"),
    ] {
      #expect(
        clock.messages.contains("line \(number) of \(place) is left out: \(reason)"), "\(number)")
    }
  }

  @Test func `an envelope names its queue itself`() throws {
    let clock = try ClockSpool(#"* * * * * * {"task": "q", "priority": 9}"#)
    try clock.start()
    #expect(clock.spool.waits { !clock.jobs.isEmpty })
    #expect(clock.end() == .exited(0))
    let job = try #require(clock.jobs.first)
    #expect(clock.spool.read("incoming/q/\(job)") == "{\"task\": \"q\", \"priority\": 9}\n")
  }

  @Test func `a queue that is not there is told and not made, and waited for`() throws {
    let clock = try ClockSpool(ClockSpool.line(minutesAgo: [5]), queues: ["other"])
    try clock.pretend(lastLook: .seconds(900))
    try clock.start()
    #expect(clock.waits(for: "line 1: there is no queue q: no such directory in incoming/\n"))
    #expect(!clock.spool.exists("incoming/q"))
    clock.spool.run("mkdir incoming/q")
    #expect(clock.spool.waits { clock.jobs.count == 1 })
    #expect(clock.end() == .exited(0))
    #expect(clock.messages.split(separator: "\n").count { $0.contains("no queue") } == 1)
  }
}
