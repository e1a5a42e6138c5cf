// SPDX-License-Identifier: MIT
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// What a resident task answers on its way to a result, broken off at each call.
@Suite struct ResidentCrashTests {
  /// A job whose resident task has answered, and left a file.
  private func answer(_ job: JobName, in spool: Spool, _ crash: CrashSpool) throws {
    let output = try spool.beginAnswer(to: job, of: crash.worker)
    try spool.files.write(CrashSpool.output, to: output)
    let place = "\(crash.sound.layout.resident(of: crash.worker))/files/data.json"
    if try !crash.sound.files.exists(place) { try crash.place([0x31], at: place) }
    try spool.keepFiles(of: job, of: crash.worker)
  }

  private func expectWhole(_ id: String, _ crash: CrashSpool) throws {
    let job = try #require(JobID(id))
    let result = crash.sound.layout.result(job, in: crash.queue)
    guard try crash.sound.files.exists(result) else { return }
    #expect(try crash.sound.files.contents(of: result) == CrashSpool.output)
    let kept = crash.sound.layout.resultFiles(job, in: crash.queue)
    #expect(try crash.sound.files.names(in: kept) == ["data.json"])
  }

  @Test(arguments: BreakingOff.faults)
  func `a job is begun, answered and finished, or it stands in its worker's folder`(
    _ fault: Fault
  ) throws {
    try BreakingOff.at(fault) { crash in
      _ = try crash.giveJob("a.json", started: false)
      _ = try crash.sound.makeResidentPlace(of: crash.worker)
    } _: { spool, crash in
      let job = try crash.job("a.json")
      try answer(job, in: spool, crash)
      try spool.finish([job], of: crash.worker, as: .answer)
    } check: { crash in
      try expectWhole("a", crash)
      try crash.recover()
      #expect(try crash.places(of: "a").count == 1)
      #expect(try crash.leftovers() == [])
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `answers that are published together are each whole or not there`(_ fault: Fault) throws {
    let ids = ["a", "b", "c"]
    try BreakingOff.at(fault) { crash in
      _ = try crash.sound.makeResidentPlace(of: crash.worker)
      for id in ids {
        try answer(crash.giveJob("\(id).json", started: false), in: crash.sound, crash)
      }
    } _: { spool, crash in
      try spool.finish(ids.map { try crash.job("\($0).json") }, of: crash.worker, as: .answer)
    } check: { crash in
      for id in ids { try expectWhole(id, crash) }
      try crash.recover()
      for id in ids { #expect(try crash.places(of: id).count == 1) }
      #expect(try crash.leftovers() == [])
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `finishing again after a failure completes what was begun`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      _ = try crash.sound.makeResidentPlace(of: crash.worker)
      try answer(crash.giveJob("a.json", started: false), in: crash.sound, crash)
    } _: { spool, crash in
      try spool.finish([crash.job("a.json")], of: crash.worker, as: .answer)
    } check: { crash in
      try crash.sound.finish([crash.job("a.json")], of: crash.worker, as: .answer)
      #expect(try crash.places(of: "a") == ["results/a.json"])
      try expectWhole("a", crash)
      #expect(try crash.leftovers() == [".resident"])
    }
  }

  @Test func `files that a crash left beside no result do not become another attempt's`() throws {
    let crash = try CrashSpool()
    let job = try crash.giveJob("a.json", started: false)
    let stale = crash.sound.layout.resultFiles(job.id, in: crash.queue)
    try crash.sound.files.makeDirectories(stale)
    try crash.place([0x32], at: "\(stale)/old")
    _ = try crash.sound.makeResidentPlace(of: crash.worker)
    let output = try crash.sound.beginAnswer(to: job, of: crash.worker)
    try crash.sound.files.write(CrashSpool.output, to: output)
    try crash.sound.finish(
      [job], of: crash.worker, as: .answer, knowing: [job: RunFacts(hasFiles: false)])
    #expect(try !crash.sound.files.exists(stale))
  }

  @Test func `a job that was handed to a resident task has been begun`() throws {
    let crash = try CrashSpool()
    let job = try crash.giveJob("a.json", started: false)
    _ = try crash.sound.beginAnswer(to: job, of: crash.worker)
    try crash.recover()
    #expect(try crash.places(of: "a") == ["incoming/a.try2.json"])
  }
}
