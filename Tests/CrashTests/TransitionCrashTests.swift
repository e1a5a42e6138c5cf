// SPDX-License-Identifier: MIT
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// Each transition, broken off at each of its file calls, by a failure and by the death of the process.
struct TransitionCrashTests {
  @Test(arguments: BreakingOff.faults)
  func `a claim is made or not, and the job stands in one place`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      try crash.place(
        CrashSpool.content, at: crash.sound.layout.waiting(crash.job("a.json"), in: crash.queue))
    } _: { spool, crash in
      guard
        case .ready(let candidate) = try spool.examine(
          "a.json", in: crash.queue, by: IntakeRules(), at: SystemClock.now())
      else { return }
      try spool.files.makeDurable(
        [candidate.file], in: [candidate.directory], of: spool.layout.root)
      _ = try spool.claim(candidate, for: crash.worker, as: candidate.name)
    } check: { crash in
      #expect(try crash.places(of: "a").count == 1)
      try crash.recover()
      #expect(try crash.places(of: "a") == ["incoming/a.json"])
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a drop with two names is claimed as a copy or not at all`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      let path = crash.sound.layout.waiting(try crash.job("a.json"), in: crash.queue)
      try crash.place(CrashSpool.content, at: path)
      try crash.sound.files.link(path, to: "\(crash.root)/twin")
    } _: { spool, crash in
      guard
        case .ready(let candidate) = try spool.examine(
          "a.json", in: crash.queue, by: IntakeRules(), at: SystemClock.now())
      else { return }
      _ = try spool.claim(candidate, for: crash.worker, as: candidate.name)
    } check: { crash in
      #expect(try crash.places(of: "a").count == 1)
      for name in try crash.sound.jobs(of: crash.worker) {
        let path = crash.sound.layout.active(name, of: crash.worker)
        #expect(try crash.sound.files.status(of: path)?.linkCount == 1)
        #expect(try crash.sound.files.contents(of: path) == CrashSpool.content)
      }
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `what is no job is rejected whole or stays`(_ fault: Fault) throws {
    let bytes: [UInt8] = [0x5B, 0x31, 0x5D]
    try BreakingOff.at(fault) { crash in
      try crash.place(bytes, at: crash.sound.layout.waiting(crash.job("a.json"), in: crash.queue))
    } _: { spool, crash in
      _ = try spool.reject("a.json", in: crash.queue, because: "no object")
    } check: { crash in
      // The next look at it does the rest.
      _ = try crash.sound.reject(
        "a.json", in: crash.queue, because: "no object")
      let corrupt = crash.sound.layout.directory(of: .corrupt, crash.queue)
      #expect(try crash.places(of: "a") == ["corrupt/a.json"])
      #expect(try crash.sound.files.contents(of: "\(corrupt)/a.json") == bytes)
      #expect(try crash.sound.files.exists("\(corrupt)/a.json.reason"))
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a job is postponed and released without a double`(_ fault: Fault) throws {
    let due = SystemClock.now() + .seconds(-5)
    try BreakingOff.at(fault) { crash in
      try crash.place(
        CrashSpool.content, at: crash.sound.layout.waiting(crash.job("a.json"), in: crash.queue))
    } _: { spool, crash in
      guard
        case .ready(let candidate) = try spool.examine(
          "a.json", in: crash.queue, by: IntakeRules(), at: SystemClock.now())
      else { return }
      _ = try spool.postpone(candidate, until: due, as: candidate.name)
      _ = try spool.release(candidate.name, in: crash.queue)
    } check: { crash in
      let places = try crash.places(of: "a")
      #expect(places.count == 1)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `finished jobs are never lost and their results never partial`(_ fault: Fault) throws {
    let ids = ["a", "b", "c"]
    try BreakingOff.at(fault) { crash in
      for id in ids { _ = try crash.giveJob("\(id).json", started: true) }
    } _: { spool, crash in
      try spool.finish(try ids.map { try crash.job("\($0).json") }, of: crash.worker)
    } check: { crash in
      for id in ids {
        let job = try #require(JobID(id))
        let result = crash.sound.layout.result(job, in: crash.queue)
        if try crash.sound.files.exists(result) {
          #expect(try crash.sound.files.contents(of: result) == Array("{\"done\":true}\n".utf8))
          let kept = crash.sound.layout.resultFiles(job, in: crash.queue)
          #expect(try crash.sound.files.names(in: kept) == ["data.json"])
        }
      }
      try crash.recover()
      for id in ids { #expect(try crash.places(of: id).count == 1) }
      #expect(try crash.leftovers() == [])
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `finishing again after a failure completes what was begun`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      _ = try crash.giveJob("a.json", started: true)
    } _: { spool, crash in
      try spool.finish([try crash.job("a.json")], of: crash.worker)
    } check: { crash in
      let job = try crash.job("a.json")
      try crash.sound.finish([job], of: crash.worker)
      #expect(try crash.places(of: "a") == ["results/a.json"])
      let kept = crash.sound.layout.resultFiles(job.id, in: crash.queue)
      #expect(try crash.sound.files.names(in: kept) == ["data.json"])
      #expect(try crash.leftovers() == [])
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a run begun in a spare directory is seen as begun or not at all`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      let first = try crash.job("a.json")
      try crash.place(CrashSpool.content, at: crash.sound.layout.active(first, of: crash.worker))
      let run = try crash.sound.begin(first, of: crash.worker)
      try crash.sound.files.write(Array("1\n".utf8), to: run.output)
      try crash.place(
        CrashSpool.content,
        at: crash.sound.layout.active(crash.job("b.json"), of: crash.worker))
    } _: { spool, crash in
      let memory = WorkerMemory(spool.files)
      try spool.finish([crash.job("a.json")], of: crash.worker, remembering: memory)
      _ = try spool.begin(crash.job("b.json"), of: crash.worker, from: memory.spares)
    } check: { crash in
      try crash.recover()
      #expect(try crash.places(of: "a").count == 1)
      let place = try crash.places(of: "b")
      #expect(place == ["incoming/b.json"] || place == ["incoming/b.try2.json"])
      #expect(try crash.leftovers() == [])
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a job that is tried again keeps its id and loses no attempt`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      _ = try crash.giveJob("a.try2.json", started: true)
    } _: { spool, crash in
      try spool.retry(
        crash.job("a.try2.json"), of: crash.worker, at: SystemClock.now() + .seconds(9))
    } check: { crash in
      try crash.recover()
      let places = try crash.places(of: "a")
      #expect(places == ["deferred/a.try3.json"] || places == ["incoming/a.try3.json"])
      #expect(try crash.leftovers() == [])
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a job that failed for good has its reason`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      _ = try crash.giveJob("a.json", started: true)
    } _: { spool, crash in
      try crash.bury(by: spool)
    } check: { crash in
      let id = try #require(JobID("a"))
      if try crash.sound.files.exists(crash.sound.layout.failed(id, in: crash.queue)) {
        #expect(try crash.sound.files.exists(crash.sound.layout.failure(id, in: crash.queue)))
      }
      try crash.recover()
      #expect(try crash.places(of: "a").count == 1)
      #expect(
        try crash.sound.files.names(in: crash.sound.layout.folder(of: crash.worker)) == [])
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a job that failed for good leaves another one of its id in errors alone`(
    _ fault: Fault
  ) throws {
    let other: [UInt8] = [0x7B, 0x7D]
    try BreakingOff.at(fault) { crash in
      _ = try crash.giveJob("a.json", started: true)
      let id = try crash.job("a.json").id
      try crash.place(other, at: crash.sound.layout.failed(id, in: crash.queue))
      try crash.place(other, at: crash.sound.layout.failure(id, in: crash.queue))
    } _: { spool, crash in
      try crash.bury(by: spool)
    } check: { crash in
      let errors = crash.sound.layout.directory(of: .errors, crash.queue)
      for name in ["a.json", "a.error"] {
        #expect(try crash.sound.files.contents(of: "\(errors)/\(name)") == other)
      }
      if try crash.sound.files.exists("\(errors)/a-2.json") {
        #expect(try crash.sound.files.contents(of: "\(errors)/a-2.json") == CrashSpool.content)
        let reason = try crash.sound.files.contents(of: "\(errors)/a-2.error")
        #expect(String(decoding: reason, as: UTF8.self).contains(#""id":"a-2""#))
      } else {
        #expect(try crash.places(of: "a") == ["active/a.json", "errors/a.json"])
      }
    }
  }

  @Test(arguments: BreakingOff.faults, [true, false])
  func `a dead worker's job is taken back once`(_ fault: Fault, started: Bool) throws {
    try BreakingOff.at(fault) { crash in
      _ = try crash.giveJob("a.json", started: started)
    } _: { spool, crash in
      _ = try spool.reclaim(
        crash.job("a.json"), of: crash.worker, within: CrashSpool.limits, at: SystemClock.now())
      try spool.sweep(crash.worker)
    } check: { crash in
      try crash.recover()
      #expect(try crash.places(of: "a") == [started ? "incoming/a.try2.json" : "incoming/a.json"])
      #expect(try crash.leftovers() == [])
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a job given back is the same attempt`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      _ = try crash.giveJob("a.json", started: false)
    } _: { spool, crash in
      try spool.giveBack(crash.job("a.json"), of: crash.worker)
    } check: { crash in
      try crash.recover()
      #expect(try crash.places(of: "a") == ["incoming/a.json"])
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `of jobs that are submitted together each is whole or not there, and none twice`(
    _ fault: Fault
  ) throws {
    try BreakingOff.at(fault) { crash in
      // One of them stands already, and another one's producer died.
      let waiting = crash.sound.layout.waiting(try crash.job("b.json"), in: crash.queue)
      try crash.place(CrashSpool.content, at: waiting)
      let aside = crash.sound.layout.waiting(try crash.job("c.json"), in: crash.queue).asidePath
      try crash.place([1, 2, 3], at: aside)
    } _: { spool, crash in
      let jobs = try ["a", "b", "c"].map {
        (id: try #require(JobID($0)), bytes: CrashSpool.content)
      }
      do {
        let left = try spool.submit(jobs, to: crash.queue)
        #expect(left == [jobs[0].id, jobs[2].id])
      } catch SpoolError.system(let error) {
        throw error
      }
    } check: { crash in
      #expect(try crash.places(of: "b").count == 1)
      for id in ["a", "c"] {
        let places = try crash.places(of: id)
        #expect(places.count <= 1)
        for _ in places {
          let path = crash.sound.layout.waiting(try crash.job("\(id).json"), in: crash.queue)
          #expect(try crash.sound.files.contents(of: path) == CrashSpool.content)
        }
      }
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a submitted job is whole or not there`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { _ in
    } _: { spool, crash in
      do {
        try spool.submit(CrashSpool.content, to: crash.queue, as: #require(JobID("a")))
      } catch SpoolError.system(let error) {
        throw error
      }
    } check: { crash in
      let places = try crash.places(of: "a")
      #expect(places.count <= 1)
      for _ in places {
        let path = crash.sound.layout.waiting(try crash.job("a.json"), in: crash.queue)
        #expect(try crash.sound.files.contents(of: path) == CrashSpool.content)
      }
    }
  }
}
