// SPDX-License-Identifier: MIT
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// Jobs with a `unique` key, through moves that are broken off.
struct UniqueCrashTests {
  private static let content = Array(#"{"task":"noop","unique":"k"}"#.utf8)

  private func begin(_ id: String, _ crash: CrashSpool, by spool: Spool) throws -> JobID? {
    try spool.begunInstead(
      of: crash.job("\(id).json"), Job(parsing: Self.content), by: crash.worker)
  }

  private func give(_ id: String, dropped: Duration, _ crash: CrashSpool) throws {
    let path = crash.sound.layout.active(try crash.job("\(id).json"), of: crash.worker)
    try crash.place(Self.content, at: path)
    let moment = SystemClock.now() + dropped
    _ = try crash.sound.files.setAttribute("spool.dropped", of: path, to: "\(moment.nanoseconds)")
  }

  @Test(arguments: BreakingOff.faults)
  func `the job that began is run however often it is begun, the one that waited is its duplicate`(
    _ fault: Fault
  ) throws {
    try BreakingOff.at(fault) { crash in
      for id in ["a", "b"] { try give(id, dropped: .seconds(-9), crash) }
      try give("c", dropped: .seconds(9), crash)
    } _: { spool, crash in
      _ = try begin("a", crash, by: spool)
    } check: { crash in
      #expect(try begin("a", crash, by: crash.sound) == nil)
      let original = try begin("b", crash, by: crash.sound)
      #expect(original?.text == "a")
      #expect(try begin("c", crash, by: crash.sound) == nil)
      // It stood for others: what came since does not stand for it.
      let later = try crash.job("a.try2.json")
      try crash.place(Self.content, at: crash.sound.layout.active(later, of: crash.worker))
      let content = try Job(parsing: Self.content)
      let other = try crash.sound.begunInstead(of: later, content, by: crash.worker)
      #expect(other == nil)
      let key = "\(crash.root)/incoming/noop/.unique"
      #expect(try crash.sound.files.names(in: key).count == 1)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `the moment of the drop is known, wherever a claim was broken off`(_ fault: Fault) throws {
    let drop = SystemClock.now()
    try BreakingOff.at(fault) { crash in
      let path = crash.sound.layout.waiting(try crash.job("a.json"), in: crash.queue)
      try crash.place(Self.content, at: path)
    } _: { spool, crash in
      try crash.claimAll(by: spool)
    } check: { crash in
      try crash.claimAll(by: crash.sound)
      let path = crash.sound.layout.active(try crash.job("a.json"), of: crash.worker)
      let noted = try #require(try crash.sound.files.attribute("spool.dropped", of: path))
      let moment = Timestamp(nanoseconds: try #require(Int64(noted)))
      #expect(abs((moment - drop) / .seconds(1)) < 60)
    }
  }

  @Test func `a job of which no drop is known is run, and so is one whose key cannot be kept`()
    throws
  {
    let crash = try CrashSpool()
    try give("a", dropped: .seconds(-9), crash)
    #expect(try begin("a", crash, by: crash.sound) == nil)
    let path = crash.sound.layout.active(try crash.job("b.json"), of: crash.worker)
    try crash.place(Self.content, at: path)
    #expect(try begin("b", crash, by: crash.sound) == nil)
    try crash.sound.files.removeTree("\(crash.root)/incoming/noop/.unique")
    try crash.place([], at: "\(crash.root)/incoming/noop/.unique")
    #expect(try begin("a", crash, by: crash.sound) == nil)
  }

  @Test func `a key is kept for as long as a job waits that was dropped before its last beginning`()
    throws
  {
    let crash = try CrashSpool()
    try give("a", dropped: .seconds(-900), crash)
    #expect(try begin("a", crash, by: crash.sound) == nil)
    let directory = "\(crash.root)/incoming/noop/.unique"
    let name = try #require(try crash.sound.files.names(in: directory).first)
    let key = "\(directory)/\(name)"
    let now = SystemClock.now()
    try crash.sound.files.setModified(key, to: now + .seconds(-600))
    // Its own job waits still: given back by a worker that was told to stop.
    try crash.sound.sweepUniqueKeys(of: crash.queue, at: now)
    #expect(try crash.sound.files.exists(key))
    try crash.sound.files.unlink(
      crash.sound.layout.active(try crash.job("a.json"), of: crash.worker))
    try crash.place(
      Self.content, at: crash.sound.layout.waiting(try crash.job("b.json"), in: crash.queue))
    try crash.sound.sweepUniqueKeys(of: crash.queue, at: now)
    #expect(try !crash.sound.files.exists(key))
  }
}
