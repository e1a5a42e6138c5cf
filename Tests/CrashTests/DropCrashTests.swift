// SPDX-License-Identifier: MIT
import CronTable
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

@testable import JobSchedule

/// The drop of a run by the clock, broken off at each of its calls.
struct DropCrashTests {
  private static let instant = 1_800_014_400

  private func line() throws -> ScheduledLine {
    let set = LineSet(Array("0 * * * * noop {\"a\": 1}\n".utf8), localZone: .utc)
    return try #require(set.lines.first)
  }

  /// What a clock does with its line, at its start and later.
  private func tick(_ spool: Spool) throws {
    let line = try line()
    _ = try spool.finishDrops()
    let until = try spool.stamp(ofLine: line.key)?.until ?? Self.instant - 10
    let due = DueRuns(line.schedule, after: until, at: Self.instant + 30, catchUp: 3600)
    for instant in due.drops { _ = try spool.drop(line, at: instant) }
  }

  private func prepare(_ crash: CrashSpool) throws {
    try crash.sound.files.makeDirectories(crash.sound.layout.schedule)
    try crash.sound.publish(Stamp(until: Self.instant - 10), of: line())
  }

  private func waiting(_ crash: CrashSpool) throws -> [String] {
    try crash.sound.jobs(.incoming, in: crash.queue).map(\.fileName)
  }

  @Test(arguments: BreakingOff.faults)
  func `a run is dropped once, wherever its drop was broken off`(_ fault: Fault) throws {
    let expected = ["\(try line().id(at: Self.instant)).json"]
    try BreakingOff.at(fault) { crash in
      try prepare(crash)
    } _: { spool, _ in
      try tick(spool)
    } check: { crash in
      for _ in 0..<2 {
        try tick(crash.sound)
        #expect(try waiting(crash) == expected)
      }
      #expect(try crash.sound.files.names(in: crash.sound.layout.schedule).count == 1)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a run whose job was done and pruned is not dropped again`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      try prepare(crash)
    } _: { spool, _ in
      try tick(spool)
    } check: { crash in
      let dropped = try waiting(crash)
      for name in dropped {
        // Nothing in the queue tells of it any more.
        try crash.sound.files.unlink(
          crash.sound.layout.waiting(try crash.job(name), in: crash.queue))
      }
      try tick(crash.sound)
      #expect(try waiting(crash).count == 1 - dropped.count)
    }
  }

  /// The power goes after each step; what is broken off then goes on.
  @Test(arguments: Disk.FileSystem.allCases)
  func `a run is dropped once, whenever the power goes`(_ fileSystem: Disk.FileSystem) throws {
    guard let disk = Disk.make(fileSystem, for: "power cuts while a run is dropped") else { return }
    for cut in Disk.Cut.allCases {
      for number in 1... {
        let crash = try CrashSpool(at: disk.path + "/spool")
        defer { try? crash.sound.files.removeTree(crash.root) }
        try prepare(crash)
        try crash.settle()
        let files = FaultyFiles(failingAt: number, as: .kill)
        do { try tick(crash.broken(files)) } catch is SystemError { #expect(files.hasFailed) }
        let isWhole = !files.hasFailed
        disk.cutAndRestore(cut)
        if isWhole { #expect(try waiting(crash).count == 1, "it had returned") }
        try tick(crash.sound)
        let waiting = try waiting(crash)
        #expect(waiting == ["\(try line().id(at: Self.instant)).json"], "\(cut), call \(number)")
        let job = try crash.sound.files.contents(
          of: crash.sound.layout.waiting(try crash.job(waiting[0]), in: crash.queue))
        #expect(job == Array("{\"a\": 1}\n".utf8), "\(cut), call \(number)")
        if isWhole { break }
      }
    }
  }

  @Test func `a name that is taken is this run's: nothing comes to stand beside it`() throws {
    let crash = try CrashSpool()
    try prepare(crash)
    let id = try line().id(at: Self.instant)
    try crash.place([0x31], at: crash.sound.layout.result(id, in: crash.queue))
    try tick(crash.sound)
    try tick(crash.sound)
    #expect(try waiting(crash).isEmpty)
  }

  @Test func `a prepared job waits for its queue, and goes where its stamp says`() throws {
    let crash = try CrashSpool()
    try prepare(crash)
    let spool = crash.sound
    let files = FaultyFiles(failingAt: 1_000_000, as: .kill)
    try tick(crash.broken(files))
    let calls = files.callCount
    // The rename and the sync of the directory are the last ones.
    let second = try CrashSpool()
    try prepare(second)
    #expect(throws: SystemError.self) {
      try tick(second.broken(FaultyFiles(failingAt: calls - 1, as: .kill)))
    }
    let directory = second.sound.layout.directory(of: .incoming, second.queue)
    #expect(try waiting(second).isEmpty)
    try spool.files.replace("\(second.root)/away", with: directory)
    #expect(try second.sound.finishDrops() == [try line().id(at: Self.instant)])
    try spool.files.replace(directory, with: "\(second.root)/away")
    #expect(try second.sound.finishDrops().isEmpty)
    #expect(try waiting(second).count == 1)
  }
}
