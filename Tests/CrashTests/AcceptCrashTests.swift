// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

@testable import SpoolProtocol

/// Messages of another transport on their way to be jobs, broken off at each call.
struct AcceptCrashTests {
  private static let ids = ["a", "b", "c"]

  private func folder(_ crash: CrashSpool) -> String { crash.root + "/messages" }

  private func prepare(_ crash: CrashSpool) throws {
    let files = crash.sound.files
    try files.makeDirectories(folder(crash))
    try files.makeDirectories(crash.sound.layout.celery)
    for id in Self.ids {
      let file = try files.open("\(folder(crash))/\(id)", .create)
      try files.write(Array("message \(id)".utf8), to: file)
      try files.sync(file)
    }
    try files.syncDirectory(folder(crash))
  }

  /// What the program does that takes messages: all that lie there and are no jobs yet, in their order.
  private func take(_ spool: Spool, _ crash: CrashSpool, areNew: Bool) throws {
    let standing = areNew ? nil : try spool.standingJobs()
    let names = try spool.files.names(in: folder(crash)).sorted()
      .filter { name in try job(of: name, crash) == nil }
    let messages = try names.map { name in
      let path = "\(folder(crash))/\(name)"
      return Message(
        source: .file(path), id: try #require(JobID(name)), queue: crash.queue,
        job: Array("{\"task\":\"noop\",\"kwargs\":{\"id\":\"\(name)\"}}".utf8),
        isKept: name != "c", since: try #require(try spool.files.status(of: path)).modified)
    }
    try spool.accept(messages, besides: standing)
  }

  /// What a message is marked as.
  private func job(of name: String, _ crash: CrashSpool) throws -> JobID? {
    try crash.sound.job(of: try crash.sound.files.open("\(folder(crash))/\(name)", .read))
  }

  private func waiting(_ crash: CrashSpool) throws -> [String] {
    try crash.sound.jobs(.incoming, in: crash.queue).map(\.fileName).sorted()
  }

  private func expectAllTaken(_ crash: CrashSpool) throws {
    // Their senders see them for as long as they wait.
    for name in Self.ids { #expect(try job(of: name, crash) == JobID(name)) }
    #expect(
      try crash.sound.files.names(in: crash.sound.layout.celery).sorted() == ["a.msg", "b.msg"])
  }

  @Test(arguments: BreakingOff.faults)
  func `each message becomes one job, wherever it was broken off`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      try prepare(crash)
    } _: { spool, crash in
      try take(spool, crash, areNew: true)
    } check: { crash in
      try take(crash.sound, crash, areNew: false)
      #expect(try waiting(crash) == Self.ids.map { "\($0).json" })
      try expectAllTaken(crash)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `nothing is left aside by what was broken off, though nobody sends it again`(
    _ fault: Fault
  ) throws {
    try BreakingOff.at(fault) { crash in
      try prepare(crash)
    } _: { spool, crash in
      try take(spool, crash, areNew: true)
    } check: { crash in
      try crash.sound.sweepAsides()
      let names = try crash.sound.files.names(in: crash.sound.layout.celery)
      #expect(names.allSatisfy { $0.hasSuffix(".msg") })
    }
  }

  @Test func `a job that another one waits under the id of becomes the next one`() throws {
    let crash = try CrashSpool()
    try prepare(crash)
    try crash.place(
      Array("{}".utf8), at: crash.sound.layout.waiting(try crash.job("a.json"), in: crash.queue))
    try take(crash.sound, crash, areNew: true)
    #expect(try waiting(crash) == ["a-2.json", "a.json", "b.json", "c.json"])
    #expect(try job(of: "a", crash) == JobID("a-2"))
  }

  @Test(arguments: BreakingOff.faults)
  func `a job that was done meanwhile is not made again`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      try prepare(crash)
    } _: { spool, crash in
      try take(spool, crash, areNew: true)
    } check: { crash in
      let files = crash.sound.files
      let done = try waiting(crash).compactMap { JobName(fileName: $0)?.id }
      try files.makeDirectories(crash.sound.layout.directory(of: .results, crash.queue))
      for id in done {
        try files.rename(
          crash.sound.layout.waiting(JobName(id: id), in: crash.queue),
          to: crash.sound.layout.result(id, in: crash.queue))
      }
      try take(crash.sound, crash, areNew: false)
      #expect(try waiting(crash).count == Self.ids.count - done.count)
      try expectAllTaken(crash)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `an id that is used again becomes one more job, wherever it was broken off`(
    _ fault: Fault
  ) throws {
    try BreakingOff.at(fault) { crash in
      try prepare(crash)
      // Of an earlier message, as the time says that its end has.
      let result = crash.sound.layout.result(try #require(JobID("a")), in: crash.queue)
      try crash.place(CrashSpool.output, at: result)
      try crash.sound.files.setModified(result, to: SystemClock.now() + .seconds(-60))
    } _: { spool, crash in
      try take(spool, crash, areNew: true)
    } check: { crash in
      try take(crash.sound, crash, areNew: false)
      #expect(try waiting(crash) == ["a-2.json", "b.json", "c.json"])
      #expect(
        try crash.sound.files.names(in: crash.sound.layout.celery).sorted() == ["a-2.msg", "b.msg"])
    }
  }

  /// The power goes after each step; what is broken off then goes on.
  @Test(arguments: Disk.FileSystem.allCases)
  func `no message is lost, whenever the power goes`(_ fileSystem: Disk.FileSystem) throws {
    guard let disk = Disk.make(fileSystem, for: "power cuts while messages are taken") else {
      return
    }
    for cut in Disk.Cut.allCases {
      for number in 1... {
        let crash = try CrashSpool(at: disk.path + "/spool")
        defer { try? crash.sound.files.removeTree(crash.root) }
        try prepare(crash)
        try crash.settle()
        let files = FaultyFiles(failingAt: number, as: .kill)
        do { try take(crash.broken(files), crash, areNew: true) } catch is SystemError {
          #expect(files.hasFailed)
        }
        disk.cutAndRestore(cut)
        try take(crash.sound, crash, areNew: false)
        #expect(try waiting(crash) == Self.ids.map { "\($0).json" }, "\(cut), call \(number)")
        for name in Self.ids {
          let job = try crash.sound.files.contents(
            of: crash.sound.layout.waiting(try crash.job("\(name).json"), in: crash.queue))
          #expect(String(decoding: job, as: UTF8.self).hasSuffix("\"\(name)\"}}"), "\(cut)")
        }
        if !files.hasFailed { break }
      }
    }
  }
}
