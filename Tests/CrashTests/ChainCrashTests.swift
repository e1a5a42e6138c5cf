// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// The steps after a job, enqueued by transitions that are broken off at each of their calls.
struct ChainCrashTests {
  private static let job = Array(
    #"""
    {"task":"noop","then":[{"task":"noop","kwargs":{"n":12345678901234567890123}},
      {"task":"noop","id":"own"},{"task":"nowhere"}]}
    """#.utf8)
  private static let output = Array("{\"big\": 1.000000000000000000001}\n".utf8)
  /// What each step's file holds.
  private static let steps = [
    "a+1": #"{"task":"noop","kwargs":{"n":12345678901234567890123,"input":OUTPUT}}"#,
    "own": #"{"task":"noop","id":"own","kwargs":{"input":OUTPUT}}"#,
    "a+3": #"{"task":"nowhere","kwargs":{"input":OUTPUT}}"#,
  ].mapValues {
    $0.replacing("OUTPUT", with: String(decoding: output, as: UTF8.self))
  }

  private func give(_ crash: CrashSpool, printed: Bool = true) throws {
    let job = try crash.job("a.json")
    try crash.place(Self.job, at: crash.sound.layout.active(job, of: crash.worker))
    let run = try crash.sound.begin(job, of: crash.worker)
    if printed { try crash.sound.files.write(Self.output, to: run.output) }
  }

  /// By place, such as `incoming/noop/a+1.json`; only whole names, so that half-written files do not count.
  private func standing(_ id: String, _ crash: CrashSpool) throws -> [String] {
    let strays = try crash.sound.files.names(in: crash.sound.layout.directory(of: .incoming))
    return try crash.places(of: id) + strays.filter { $0 == "\(id).json" }
  }

  private func expectEachStepOnce(_ crash: CrashSpool) throws {
    // None under another id either.
    #expect(try crash.sound.jobs(.incoming, in: crash.queue).count == 2)
    let straight = try crash.sound.files.names(in: crash.sound.layout.directory(of: .incoming))
    #expect(straight.count { $0.hasSuffix(".json") && !$0.hasPrefix(".") } == 1)
    for (id, content) in Self.steps {
      let place = id == "a+3" ? "\(id).json" : "incoming/\(id).json"
      #expect(try standing(id, crash) == [place])
      let path = "\(crash.root)/incoming/\(id == "a+3" ? "" : "noop/")\(id).json"
      let found = try crash.sound.files.contents(of: path)
      #expect(String(decoding: found, as: UTF8.self) == content)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a job that is done is followed by each of its steps once`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      try give(crash)
    } _: { spool, crash in
      try spool.finish([try crash.job("a.json")], of: crash.worker)
    } check: { crash in
      let isDone = try crash.places(of: "a").contains("results/a.json")
      try crash.recover()
      if isDone {
        #expect(try crash.places(of: "a") == ["results/a.json"])
        try expectEachStepOnce(crash)
      } else {
        #expect(try crash.places(of: "a") == ["incoming/a.try2.json"])
        for id in Self.steps.keys { #expect(try standing(id, crash) == []) }
      }
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a failure on the way to its steps is made good by finishing again`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      try give(crash)
    } _: { spool, crash in
      try spool.finish([try crash.job("a.json")], of: crash.worker)
    } check: { crash in
      try crash.sound.finish([try crash.job("a.json")], of: crash.worker)
      #expect(try crash.places(of: "a") == ["results/a.json"])
      try expectEachStepOnce(crash)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a dead worker's job whose result stands is followed by its steps, too`(
    _ fault: Fault
  ) throws {
    try BreakingOff.at(fault) { crash in
      try give(crash)
      let job = try crash.job("a.json")
      try crash.sound.files.rename(
        crash.sound.layout.runOutput(job.id, of: crash.worker),
        to: crash.sound.layout.result(job.id, in: crash.queue))
    } _: { spool, crash in
      _ = try spool.reclaim(
        crash.job("a.json"), of: crash.worker, within: CrashSpool.limits, at: SystemClock.now())
    } check: { crash in
      try crash.recover()
      #expect(try crash.places(of: "a") == ["results/a.json"])
      try expectEachStepOnce(crash)
    }
  }

  /// Where the steps may have got to before somebody comes to look whether they were enqueued.
  @Test(arguments: [
    "deferred/noop/a+1.try2.json", "hold/noop/a+1.json", "active/noop@1/a+1.json",
    "results/noop/a+1.json", "errors/noop/a+1.json", "corrupt/noop/a+1.json",
  ])
  func `a step that has moved on is not enqueued again`(_ place: String) throws {
    let crash = try CrashSpool()
    try give(crash)
    let job = try crash.job("a.json")
    let files = FaultyFiles(failingAt: .max, as: .kill)
    try crash.broken(files).finish([job], of: crash.worker)
    // As if it had been killed before it removed the job, and a worker had taken up the step meanwhile.
    try crash.place(Self.job, at: crash.sound.layout.active(job, of: crash.worker))
    let path = crash.sound.layout.active(job, of: crash.worker)
    _ = try crash.sound.files.setAttribute("spool.then", of: path, to: "1")
    try crash.sound.files.rename(
      "\(crash.root)/incoming/noop/a+1.json", to: "\(crash.root)/\(place)")
    _ = try crash.sound.reclaim(
      job, of: crash.worker, within: CrashSpool.limits, at: SystemClock.now())
    #expect(try crash.places(of: "a+1").count == 1)
    #expect(try crash.places(of: "a+1-2") == [])
  }

  @Test func `steps never take the ids of others, and are not lost for it`() throws {
    let crash = try CrashSpool()
    try give(crash)
    let earlier = try #require(JobID("a+1"))
    try crash.place(Self.output, at: crash.sound.layout.result(earlier, in: crash.queue))
    try crash.sound.finish([try crash.job("a.json")], of: crash.worker)
    #expect(try crash.places(of: "a+1") == ["results/a+1.json"])
    for id in ["a+1-2", "own-2"] {
      #expect(try crash.places(of: id) == ["incoming/\(id).json"])
    }
    #expect(try standing("a+3-2", crash) == ["a+3-2.json"])
  }

  @Test func `two hundred steps are all enqueued`() throws {
    let crash = try CrashSpool()
    let job = try crash.job("a.json")
    let steps = Array(repeating: #"{"task":"noop"}"#, count: 200).joined(separator: ",")
    try crash.place(
      Array(#"{"task":"noop","then":[\#(steps)]}"#.utf8),
      at: crash.sound.layout.active(job, of: crash.worker))
    try crash.begin(job)
    try crash.sound.finish([job], of: crash.worker)
    #expect(try crash.sound.jobs(.incoming, in: crash.queue).count == 200)
  }

  @Test(arguments: BreakingOff.faults)
  func `a failed job names the steps that are not run, and they are enqueued once it succeeds`(
    _ fault: Fault
  ) throws {
    try BreakingOff.at(fault) { crash in
      try give(crash, printed: false)
    } _: { spool, crash in
      try crash.bury(by: spool)
    } check: { crash in
      for id in Self.steps.keys { #expect(try standing(id, crash) == []) }
      guard try crash.places(of: "a").contains("errors/a.json") else { return }
      let id = try crash.job("a.json").id
      let error = try JSONValue(
        parsing: crash.sound.files.contents(of: crash.sound.layout.failure(id, in: crash.queue)))
      #expect(
        error["message"] == "no; the chain stops before a+1 (noop), own (noop), a+3 (nowhere)")
      #expect(error["not_run"]?.arrayValue?.count == 3)
    }
  }

  @Test func `a job that was not run as a duplicate has no steps`() throws {
    let crash = try CrashSpool()
    try give(crash, printed: false)
    let job = try crash.job("a.json")
    let twin = try #require(JobID("twin"))
    let duplicate = Duplicate(try Job(parsing: Self.job), job.id, of: twin, in: crash.queue)
    try crash.place(duplicate.bytes, at: crash.sound.layout.result(job.id, in: crash.queue))
    try crash.sound.files.unlink(crash.sound.layout.runOutput(job.id, of: crash.worker))
    try crash.recover()
    #expect(try crash.places(of: "a") == ["results/a.json"])
    for id in Self.steps.keys { #expect(try standing(id, crash) == []) }
    #expect(Duplicate(parsing: duplicate.bytes)?.original == twin)
    #expect(String(decoding: duplicate.bytes, as: UTF8.self).contains(#""not_run":[{"id":"a+1","#))
  }
}
