// SPDX-License-Identifier: MIT
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// Another job has ended, or has come, under the id of one that runs: it was removed, perhaps, and dropped again.
struct ForeignResultTests {
  private static let foreign = Array("{\"other\":true}\n".utf8)

  @Test(arguments: BreakingOff.faults)
  func `a result of another job never passes for one's own`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      let job = try crash.giveJob("a.json", started: true)
      try crash.place(Self.foreign, at: crash.sound.layout.result(job.id, in: crash.queue))
    } _: { spool, crash in
      try spool.finish([try crash.job("a.json")], of: crash.worker)
    } check: { crash in
      try crash.recover()
      let results = crash.sound.layout.directory(of: .results, crash.queue)
      #expect(try crash.sound.files.contents(of: "\(results)/a.json") == Self.foreign)
      if try crash.sound.files.exists("\(results)/a-2.json") {
        #expect(try crash.sound.files.contents(of: "\(results)/a-2.json") == CrashSpool.output)
        #expect(try crash.sound.files.names(in: "\(results)/a-2.files") == ["data.json"])
        #expect(try crash.places(of: "a") == ["results/a.json"])
      } else {
        #expect(try crash.places(of: "a") == ["incoming/a.try2.json", "results/a.json"])
      }
      #expect(try crash.leftovers() == [])
    }
  }

  @Test func `a dead worker's job is not done by another job's result`() throws {
    for started in [true, false] {
      let crash = try CrashSpool()
      let job = try crash.giveJob("a.json", started: started)
      try crash.place(Self.foreign, at: crash.sound.layout.result(job.id, in: crash.queue))
      try crash.recover()
      let name = started ? "a.try2.json" : "a.json"
      #expect(try crash.places(of: "a") == ["incoming/\(name)", "results/a.json"])
    }
  }

  @Test func `a job that took the place of the one that ran stays in the folder`() throws {
    let crash = try CrashSpool()
    let job = try crash.giveJob("a.json", started: true)
    let path = crash.sound.layout.active(job, of: crash.worker)
    let inode = try #require(try crash.sound.files.status(of: path)?.inode)
    try crash.place(Self.foreign, at: "\(crash.root)/new")
    try crash.sound.files.replace(path, with: "\(crash.root)/new")
    try crash.sound.finish([job], of: crash.worker, knowing: [job: RunFacts(inode: inode)])
    #expect(try crash.places(of: "a") == ["active/a.json", "results/a.json"])
    #expect(try crash.sound.files.contents(of: path) == Self.foreign)
    #expect(try !crash.sound.isFinished(job, of: crash.worker))
  }
}
