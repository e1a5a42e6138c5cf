// SPDX-License-Identifier: MIT
import Glibc
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// The steps of queues with users of their own, broken off at each of their file calls.
@Suite(.enabled(if: getuid() == 0, "SKIPPED: only root can give files away"))
struct HandOverCrashTests {
  private static let heir = Account(user: 61_001, group: 61_001)

  private func claim(_ spool: Spool, _ crash: CrashSpool, preparing: Bool) throws {
    guard
      case .ready(var candidate) = try spool.examine(
        "a.json", in: crash.queue, by: IntakeRules(heir: Self.heir), at: SystemClock.now())
    else { return }
    if preparing {
      candidate = try spool.prepare(candidate)
      try spool.files.makeDurable(
        [candidate.durable], in: [candidate.directory], of: spool.layout.root)
    }
    _ = try spool.claim(candidate, for: crash.worker, as: candidate.name)
  }

  @Test(arguments: BreakingOff.faults, [true, false])
  func `another one's drop is its producer's or, whole, its worker's`(
    _ fault: Fault, preparing: Bool
  ) throws {
    try BreakingOff.at(fault) { crash in
      let path = crash.sound.layout.waiting(try crash.job("a.json"), in: crash.queue)
      try crash.place(CrashSpool.content, at: path)
    } _: { spool, crash in
      try claim(spool, crash, preparing: preparing)
    } check: { crash in
      #expect(try crash.places(of: "a").count == 1)
      for name in try crash.sound.jobs(of: crash.worker) {
        let path = crash.sound.layout.active(name, of: crash.worker)
        let status = try crash.sound.files.status(of: path)
        #expect(status?.owner == Self.heir.user && status?.permissions == 0o600)
        #expect(try crash.sound.files.contents(of: path) == CrashSpool.content)
      }
      try crash.sound.sweepCopies()
      let left = try crash.sound.files.names(in: crash.sound.layout.directory(of: .active))
      #expect(left == [crash.worker.description])
      try crash.recover()
      #expect(try crash.places(of: "a") == ["incoming/a.json"])
      let path = crash.sound.layout.waiting(try crash.job("a.json"), in: crash.queue)
      #expect(try crash.sound.files.contents(of: path) == CrashSpool.content)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a deferred drop of another one has one place and its time`(_ fault: Fault) throws {
    let due = SystemClock.now() + .seconds(900)
    try BreakingOff.at(fault) { crash in
      let path = crash.sound.layout.waiting(try crash.job("a.json"), in: crash.queue)
      try crash.place(CrashSpool.content, at: path)
    } _: { spool, crash in
      guard
        case .ready(let candidate) = try spool.examine(
          "a.json", in: crash.queue, by: IntakeRules(heir: Self.heir), at: SystemClock.now())
      else { return }
      _ = try spool.postpone(candidate, until: due, as: candidate.name)
      let status = try crash.sound.files.status(
        of: crash.sound.layout.deferred(candidate.name, in: crash.queue))
      #expect(status?.owner == Self.heir.user && status.map { $0.modified } == due)
    } check: { crash in
      let places = try crash.places(of: "a")
      #expect(places.count == 1)
    }
  }

  /// A process that another test starts has all our files open for an instant: then somebody seems to be writing still.
  private func carryLog(_ crash: CrashSpool) throws {
    for _ in 0..<1000 {
      try crash.sound.carryLog(of: crash.worker)
      if try crash.sound.files.names(in: crash.sound.layout.folder(of: crash.worker)).isEmpty {
        return
      }
      usleep(1000)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `a worker's lines reach the job log, whatever breaks off their way`(_ fault: Fault) throws {
    try BreakingOff.at(fault) { crash in
      let folder = crash.sound.layout.folder(of: crash.worker)
      try DirectoryAccess(folder).setOwner(user: Self.heir.user, group: Self.heir.group)
      let record = AttemptRecord(
        job: try crash.job("a.json"), worker: crash.worker, verdict: "ok", place: .results,
        started: nil, ended: SystemClock.now())
      try crash.sound.log([record], of: crash.worker)
      #expect(try !crash.sound.files.exists(crash.sound.layout.jobLog))
    } _: { spool, crash in
      try spool.carryLog(of: crash.worker)
    } check: { crash in
      try carryLog(crash)
      let log = try crash.sound.files.contents(of: crash.sound.layout.jobLog)
      #expect(String(decoding: log, as: UTF8.self).contains(#""id":"a""#))
      #expect(try crash.sound.files.names(in: crash.sound.layout.folder(of: crash.worker)) == [])
    }
  }
}
