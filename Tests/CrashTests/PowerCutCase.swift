// SPDX-License-Identifier: MIT
import Glibc
import SpoolProtocol
import SystemCalls
import Testing

/// A transition that a power cut breaks off, and what is wrong with what stands there when the power is back.
struct PowerCutCase: Sendable, CustomStringConvertible {
  /// What was seen just before the cut and what stands after it; whole where no call of the transition was left to make.
  typealias Verdict =
    @Sendable (_ before: PowerCutLook, _ after: PowerCutLook, _ isWhole: Bool) -> [String]

  let description: String
  /// Nothing of it is on the disk for sure, unless it asks for that by ``CrashSpool/settle()``.
  let prepare: @Sendable (CrashSpool) throws -> Void
  let transition: @Sendable (Spool, CrashSpool) throws -> Void
  let verdict: Verdict

  init(
    _ description: String, prepare: @escaping @Sendable (CrashSpool) throws -> Void,
    transition: @escaping @Sendable (Spool, CrashSpool) throws -> Void, verdict: @escaping Verdict
  ) {
    self.description = description
    self.prepare = prepare
    self.transition = transition
    self.verdict = verdict
  }

  static let all = intake + ends + people + chains
}

extension PowerCutCase {
  /// A job that was durable before stands in one place, and in `target` once the transition has returned.
  private static func moved(to target: JobState?) -> Verdict {
    { _, after, isWhole in
      let complaints = after.complaints(about: "a")
      guard let target, isWhole, !after.stands("a", in: target) else { return complaints }
      return complaints + ["a is not in \(target), although the move had returned"]
    }
  }

  /// What was seen in this state had been made durable before it was moved there.
  private static func accepted(by state: JobState, _ ids: [String]) -> Verdict {
    { before, after, _ in
      ids.filter { before.stands($0, in: state) }.flatMap { after.complaints(about: $0) }
    }
  }

  // MARK: incoming

  private static func drop(_ ids: [String]) -> @Sendable (CrashSpool) throws -> Void {
    { crash in
      for id in ids {
        try crash.place(
          CrashSpool.content,
          at: crash.sound.layout.waiting(crash.job("\(id).json"), in: crash.queue))
      }
    }
  }

  /// As the dispatcher does it: all are examined and made durable, then each is moved.
  private static func claim(_ ids: [String]) -> @Sendable (Spool, CrashSpool) throws -> Void {
    { spool, crash in
      let candidates = try ids.map { try candidate($0, spool, crash) }
      try spool.files.makeDurable(
        candidates.map(\.file), in: Set(candidates.map(\.directory)), of: spool.layout.root)
      for candidate in candidates {
        _ = try spool.claim(candidate, for: crash.worker, as: candidate.name)
      }
      try spool.files.syncDirectory(spool.layout.folder(of: crash.worker))
    }
  }

  private static func candidate(
    _ id: String, _ spool: Spool, _ crash: CrashSpool
  ) throws -> Candidate {
    var examination = Examination.gone
    for _ in 0..<5000 {
      examination = try spool.examine(
        "\(id).json", in: crash.queue, by: IntakeRules(), at: SystemClock.now())
      if case .ready(let candidate) = examination { return candidate }
      guard case .notYet = examination else { break }
      // A child that another test is just starting has our descriptors for an instant.
      usleep(1000)
    }
    Issue.record("\(id) is no candidate: \(examination)")
    throw SystemError("examine", id, .noSuchFile)
  }

  private static let intake: [PowerCutCase] = [
    PowerCutCase("submit") { _ in
    } transition: { spool, crash in
      do {
        try spool.submit(CrashSpool.content, to: crash.queue, as: #require(JobID("a")))
      } catch SpoolError.system(let error) {
        throw error
      }
    } verdict: { _, after, isWhole in
      // Nobody was told an id before it returned.
      let isExpected = isWhole || after.places["a"] != []
      return isExpected ? after.complaints(about: "a") : []
    },
    PowerCutCase("submit of three together") { _ in
    } transition: { spool, crash in
      let jobs = try ["a", "b", "c"].map {
        (id: try #require(JobID($0)), bytes: CrashSpool.content)
      }
      do { _ = try spool.submit(jobs, to: crash.queue) } catch SpoolError.system(let error) {
        throw error
      }
    } verdict: { _, after, isWhole in
      ["a", "b", "c"].filter { isWhole || after.places[$0] != [] }
        .flatMap { after.complaints(about: $0) }
    },
    PowerCutCase(
      "claim of one that was dropped by cp", prepare: drop(["a"]), transition: claim(["a"]),
      verdict: accepted(by: .active, ["a"])),
    PowerCutCase(
      "claim of three that were dropped by cp", prepare: drop(["a", "b", "c"]),
      transition: claim(["a", "b", "c"]), verdict: accepted(by: .active, ["a", "b", "c"])),
    PowerCutCase("claim of one that was dropped by ln") { crash in
      try drop(["a"])(crash)
      let path = crash.sound.layout.waiting(try crash.job("a.json"), in: crash.queue)
      try crash.sound.files.link(path, to: "\(crash.root)/twin")
    } transition: { spool, crash in
      try claim(["a"])(spool, crash)
    } verdict: { before, after, isWhole in
      accepted(by: .active, ["a"])(before, after, isWhole)
    },
    PowerCutCase("postpone", prepare: drop(["a"])) { spool, crash in
      let candidate = try candidate("a", spool, crash)
      _ = try spool.postpone(candidate, until: .init(seconds: 4e9), as: candidate.name)
    } verdict: { before, after, isWhole in
      accepted(by: .deferred, ["a"])(before, after, isWhole)
    },
    PowerCutCase("release") { crash in
      try crash.place(
        CrashSpool.content, at: crash.sound.layout.deferred(crash.job("a.json"), in: crash.queue))
      try crash.settle()
    } transition: { spool, crash in
      _ = try spool.release(crash.job("a.json"), in: crash.queue)
    } verdict: { before, after, isWhole in
      moved(to: nil)(before, after, isWhole)
    },
    PowerCutCase("reject") { crash in
      try drop(["a"])(crash)
      try crash.settle()
    } transition: { spool, crash in
      _ = try spool.reject("a.json", in: crash.queue, because: "a reason")
    } verdict: { before, after, isWhole in
      let isExplained =
        !after.stands("a", in: .corrupt) || after.contents["a.reason"]?.isEmpty == false
      return moved(to: nil)(before, after, isWhole) + (isExplained ? [] : ["no reason"])
    },
  ]

  // MARK: active

  private static func give(
    _ ids: [String], deep: Bool = false
  ) -> @Sendable (CrashSpool) throws -> Void {
    { crash in
      let jobs = try ids.map { try crash.giveJob("\($0).json", started: false) }
      try crash.settle()
      // What a task writes is not on the disk only because the task has ended.
      for job in jobs {
        try crash.begin(job)
        guard deep else { continue }
        let directory = crash.sound.layout.runFiles(job.id, of: crash.worker) + "/deep"
        try crash.sound.files.makeDirectory(directory)
        try crash.place([0x32], at: "\(directory)/data.json")
      }
    }
  }

  private static func finish(_ ids: [String]) -> @Sendable (Spool, CrashSpool) throws -> Void {
    { spool, crash in
      try spool.finish(try ids.map { try crash.job("\($0).json") }, of: crash.worker)
    }
  }

  private static func finished(_ ids: [String], deep: Bool = false) -> Verdict {
    { _, after, isWhole in
      ids.flatMap { id -> [String] in
        var complaints = after.complaints(about: id, orInBoth: [.active, .results])
        let hasResult = after.stands(id, in: .results)
        if isWhole, !hasResult { complaints.append("the result of \(id) is lost") }
        let isComplete =
          after.contents["\(id).files"] == [0x31]
          && (!deep || after.contents["\(id).deep"] == [0x32])
        if hasResult, !isComplete { complaints.append("the files of \(id) are not whole") }
        return complaints
      }
    }
  }

  private static func settled(
    _ transition: @escaping @Sendable (Spool, JobName, WorkerName) throws -> Void
  ) -> @Sendable (Spool, CrashSpool) throws -> Void {
    { spool, crash in try transition(spool, crash.job("a.json"), crash.worker) }
  }

  private static let ends: [PowerCutCase] = [
    PowerCutCase(
      "finish of one", prepare: give(["a"]), transition: finish(["a"]), verdict: finished(["a"])),
    PowerCutCase(
      "finish of three", prepare: give(["a", "b", "c"]), transition: finish(["a", "b", "c"]),
      verdict: finished(["a", "b", "c"])),
    PowerCutCase(
      "finish of one with directories", prepare: give(["a"], deep: true),
      transition: finish(["a"]), verdict: finished(["a"], deep: true)),
    PowerCutCase(
      "retry", prepare: give(["a"]),
      transition: settled { spool, job, worker in
        try spool.retry(job, of: worker, at: .init(seconds: 4e9))
      }, verdict: moved(to: .deferred)),
    PowerCutCase(
      "bury", prepare: give(["a"]),
      transition: settled { spool, job, worker in
        let report = FailureReport(
          job: job, worker: worker, verdict: "bad input", message: "no", ended: SystemClock.now())
        try spool.bury(job, of: worker, because: report)
      }
    ) { before, after, isWhole in
      let isExplained = !after.stands("a", in: .errors) || after.isJSON("a.error")
      return moved(to: .errors)(before, after, isWhole) + (isExplained ? [] : ["no reason"])
    },
    PowerCutCase(
      "giveBack", prepare: give(["a"]),
      transition: settled { spool, job, worker in try spool.giveBack(job, of: worker) },
      verdict: moved(to: nil)),
    PowerCutCase(
      "reclaim", prepare: give(["a"]),
      transition: settled { spool, job, worker in
        _ = try spool.reclaim(job, of: worker, within: CrashSpool.limits, at: SystemClock.now())
        try spool.sweep(worker)
      }, verdict: moved(to: nil)),
    PowerCutCase("reclaim of a finished one") { crash in
      try give(["a"])(crash)
      let job = try #require(JobID("a"))
      try crash.sound.files.rename(
        crash.sound.layout.runOutput(job, of: crash.worker),
        to: crash.sound.layout.result(job, in: crash.queue))
      try crash.settle()
    } transition: { spool, crash in
      _ = try spool.reclaim(
        crash.job("a.json"), of: crash.worker, within: CrashSpool.limits, at: SystemClock.now())
    } verdict: { _, after, _ in
      after.complaints(about: "a", orInBoth: [.active, .results])
        + (after.stands("a", in: .results) ? [] : ["the result is lost"])
    },
  ]

  // MARK: people

  private static func place(_ state: JobState) -> @Sendable (CrashSpool) throws -> Void {
    { crash in
      let directory = crash.sound.layout.directory(of: state, crash.queue)
      try crash.place(CrashSpool.content, at: "\(directory)/a.json")
      try crash.settle()
    }
  }

  private static func move(
    _ move: @escaping @Sendable (Spool, JobPlace) throws -> Bool
  ) -> @Sendable (Spool, CrashSpool) throws -> Void {
    { spool, crash in
      guard let job = JobID("a"), let place = try spool.locate(job, in: crash.queue).first else {
        return
      }
      _ = try move(spool, place)
    }
  }

  private static let people: [PowerCutCase] = [
    PowerCutCase(
      "hold", prepare: place(.incoming), transition: move { try $0.hold($1) },
      verdict: moved(to: .hold)),
    PowerCutCase(
      "letGo", prepare: place(.hold), transition: move { try $0.letGo($1) },
      verdict: moved(to: .incoming)),
    PowerCutCase(
      "tryAgain", prepare: place(.errors), transition: move { try $0.tryAgain($1) },
      verdict: moved(to: .incoming)),
    PowerCutCase(
      "cancel", prepare: place(.incoming), transition: move { try $0.cancel($1) }
    ) { _, after, isWhole in
      after.places["a"] == [] ? [] : after.complaints(about: "a") + (isWhole ? ["a is back"] : [])
    },
  ]
}
