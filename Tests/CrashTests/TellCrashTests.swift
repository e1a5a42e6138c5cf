// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

@testable import CeleryBridge
@testable import SpoolProtocol

/// Ends of jobs on their way to Celery's clients, and what follows those jobs, broken off at each call.
struct TellCrashTests {
  private static let output = Array("1".utf8)

  private func teller(_ spool: Spool, _ crash: CrashSpool) -> ResultTeller {
    let report = Report { _, _ in }
    return ResultTeller(
      spool,
      results: ResultFolder(path: crash.root + "/told", files: spool.files, report: report),
      report: report)
  }

  private func call(_ id: String) -> CelerySignature {
    CelerySignature(task: "noop", options: ["task_id": .string(id)])
  }

  private func keep(_ message: CeleryMessage, _ crash: CrashSpool) throws {
    let bytes = message.bytes(deliveryTag: message.id)
    try crash.place(bytes, at: crash.sound.layout.message(of: message.jobID))
  }

  /// A chain of three whose first link is done, with a callback.
  private func prepareChain(_ crash: CrashSpool) throws {
    var first = CeleryMessage(task: "noop", id: "first")
    first.chain = [call("third"), call("second")]
    first.callbacks = [CelerySignature(task: "noop")]
    try keep(first, crash)
    try finish("first", crash)
  }

  /// A chord of one whose header is done.
  private func prepareChord(_ crash: CrashSpool) throws {
    try keep(CeleryMessage(task: "noop", id: "part"), crash)
    try finish("part", crash)
    try keep(
      CeleryMessage(
        task: CeleryChordUnlock.task, id: "unlock", args: ["group", call("body").json],
        kwargs: ["result": [[["part", .null], .null]]]), crash)
  }

  private func finish(_ id: String, _ crash: CrashSpool) throws {
    let id = try #require(JobID(id))
    try crash.place(Self.output, at: crash.sound.layout.result(id, in: crash.queue))
  }

  /// What the other programs do meanwhile.
  private func finishAll(_ crash: CrashSpool) throws {
    for job in try crash.sound.jobs(.incoming, in: crash.queue) {
      try crash.sound.files.unlink(crash.sound.layout.waiting(job, in: crash.queue))
      try finish(job.id.text, crash)
    }
  }

  private func tellAll(_ crash: CrashSpool) throws {
    var teller = teller(crash.sound, crash)
    for _ in 0..<5 {
      try teller.tellAll()
      try finishAll(crash)
    }
  }

  private func expect(
    _ ids: [String], told tasks: [String]? = nil, done crash: CrashSpool
  ) throws {
    let files = crash.sound.files
    let done = try files.names(in: crash.sound.layout.directory(of: .results, crash.queue))
    #expect(done.sorted() == ids.map { "\($0).json" }.sorted())
    let told = try files.names(in: crash.root + "/told").filter { !$0.hasPrefix(".") }
    #expect(told.sorted() == (tasks ?? ids).map { "celery-task-meta-\($0)" }.sorted())
    #expect(try files.names(in: crash.sound.layout.celery) == [])
  }

  private func breakOff(
    _ fault: Fault, _ ids: [String], prepare: (CrashSpool) throws -> Void
  ) throws {
    try BreakingOff.at(fault) { crash in
      try crash.sound.files.makeDirectories(crash.sound.layout.celery)
      try crash.sound.files.makeDirectories(crash.root + "/told")
      try prepare(crash)
    } _: { spool, crash in
      var teller = teller(spool, crash)
      try teller.tellAll()
      try finishAll(crash)
    } check: { crash in
      try finishAll(crash)
      try tellAll(crash)
      try expect(ids, done: crash)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `each link of a chain is done once, wherever telling was broken off`(
    _ fault: Fault
  ) throws {
    try breakOff(fault, ["first", "first.1", "second", "third"]) { try prepareChain($0) }
  }

  @Test(arguments: BreakingOff.faults)
  func `the body of a chord is done once, wherever telling was broken off`(
    _ fault: Fault
  ) throws {
    try breakOff(fault, ["body", "part"]) { try prepareChord($0) }
  }

  /// `celery.starmap` over three, a chain's first link.
  private func prepareCalls(_ crash: CrashSpool) throws {
    var whole = CeleryMessage(
      task: "celery.starmap", id: "whole",
      kwargs: ["task": CelerySignature(task: "noop").json, "it": [[1], [2], [3]]])
    whole.chain = [call("second")]
    try keep(whole, crash)
  }

  @Test(arguments: BreakingOff.faults)
  func `each call of several is done once, one after another, wherever it was broken off`(
    _ fault: Fault
  ) throws {
    let calls = (1...3).map { "whole.call\($0)" }
    try BreakingOff.at(fault) { crash in
      try crash.sound.files.makeDirectories(crash.sound.layout.celery)
      try crash.sound.files.makeDirectories(crash.root + "/told")
      try prepareCalls(crash)
    } _: { spool, crash in
      var teller = teller(spool, crash)
      for _ in 0..<5 {
        try teller.tellAll()
        let waiting = try crash.sound.jobs(.incoming, in: crash.queue)
        #expect(waiting.count <= 1)
        try finishAll(crash)
      }
    } check: { crash in
      try finishAll(crash)
      try tellAll(crash)
      try tellAll(crash)
      try expect(calls + ["second"], told: ["second", "whole"], done: crash)
      let told = try crash.sound.files.contents(of: crash.root + "/told/celery-task-meta-whole")
      #expect(try JSONValue(parsing: told)["result"] == [1, 1, 1])
    }
  }

  /// The same program goes on after an error, as after a full disk.
  @Test func `after an error what follows is not sent twice`() throws {
    for number in 1... {
      let crash = try CrashSpool()
      try crash.sound.files.makeDirectories(crash.sound.layout.celery)
      try crash.sound.files.makeDirectories(crash.root + "/told")
      let files = FaultyFiles(failingAt: number, as: .error(.noSpace))
      var teller = teller(crash.broken(files), crash)
      _ = try? teller.tellAll()
      try prepareChain(crash)
      let end = JobEnd(kind: .result, queue: crash.queue, id: try #require(JobID("first")))
      do { try teller.tell([end]) } catch {
        teller.distrust()
        try finishAll(crash)
      }
      for _ in 0..<5 {
        do { try teller.tellAll() } catch { teller.distrust() }
        try finishAll(crash)
      }
      try expect(["first", "first.1", "second", "third"], done: crash)
      if !files.hasFailed { return }
    }
  }
}
