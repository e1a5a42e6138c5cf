// SPDX-License-Identifier: MIT
import Glibc
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// The moment at which a job expires, through moves that are broken off.
struct ExpiryCrashTests {
  private static let content = Array(#"{"task":"noop","expires":1000}"#.utf8)

  /// Claims whatever stands in incoming/, as a dispatcher does.
  ///
  /// A process that another test starts has all our files open for an instant: then a copy seems to be still written.
  private func claim(_ crash: CrashSpool, by spool: Spool) throws {
    for _ in 0..<1000 {
      try crash.claimAll(by: spool)
      if try spool.jobs(.incoming, in: crash.queue).isEmpty { return }
      usleep(1000)
    }
  }

  private func expiry(_ crash: CrashSpool, at path: String) throws -> Timestamp? {
    try crash.sound.expiry(of: Job(parsing: Self.content), at: path)
  }

  @Test(arguments: BreakingOff.faults, [true, false])
  func `seconds count from the drop, wherever a claim was broken off`(
    _ fault: Fault, hasTwoNames: Bool
  ) throws {
    let drop = SystemClock.now()
    try BreakingOff.at(fault) { crash in
      let path = crash.sound.layout.waiting(try crash.job("a.json"), in: crash.queue)
      try crash.place(Self.content, at: path)
      if hasTwoNames { try crash.sound.files.link(path, to: "\(crash.root)/twin") }
      // The time of the file is no sign of the drop.
      try crash.sound.files.setModified(path, to: drop + .seconds(-5000))
    } _: { spool, crash in
      try claim(crash, by: spool)
    } check: { crash in
      try claim(crash, by: crash.sound)
      #expect(try crash.places(of: "a") == ["active/a.json"])
      let path = crash.sound.layout.active(try crash.job("a.json"), of: crash.worker)
      let expiry = try #require(try expiry(crash, at: path))
      #expect(abs((expiry - (drop + .seconds(1000))) / .seconds(1)) < 60)
      guard hasTwoNames else { return }
      // Whoever links the same file again drops it anew.
      #expect(
        try crash.sound.files.attribute("spool.expires", of: "\(crash.root)/twin") == nil)
    }
  }

  @Test(arguments: BreakingOff.faults)
  func `an expired job is buried once, and lives anew when it is tried again`(
    _ fault: Fault
  ) throws {
    let past = SystemClock.now() + .seconds(-9)
    try BreakingOff.at(fault) { crash in
      let path = crash.sound.layout.active(try crash.job("a.json"), of: crash.worker)
      try crash.place(Self.content, at: path)
      _ = try crash.sound.files.setAttribute("spool.expires", of: path, to: past.iso8601)
    } _: { spool, crash in
      try crash.bury(by: spool, verdict: "expired", message: "late")
    } check: { crash in
      try crash.recover()
      let places = try crash.places(of: "a")
      if places == ["incoming/a.json"] {
        // Given back before it was buried: it is still as late as it was.
        let path = crash.sound.layout.waiting(try crash.job("a.json"), in: crash.queue)
        #expect(try expiry(crash, at: path).map { $0 < SystemClock.now() } == true)
      } else {
        #expect(places == ["errors/a.json"])
        let id = try crash.job("a.json").id
        let place = try #require(crash.sound.locate(id, in: crash.queue).first)
        #expect(try crash.sound.tryAgain(place))
        try claim(crash, by: crash.sound)
        let path = crash.sound.layout.active(try crash.job("a.json"), of: crash.worker)
        #expect(try expiry(crash, at: path).map { $0 > SystemClock.now() } == true)
      }
    }
  }

  @Test func `where no drop was noted the time of the file has to do`() throws {
    let crash = try CrashSpool()
    let path = crash.sound.layout.active(try crash.job("a.json"), of: crash.worker)
    try crash.place(Self.content, at: path)
    let moment = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
    try crash.sound.files.setModified(path, to: moment)
    #expect(try expiry(crash, at: path) == moment + .seconds(1000))
  }
}
