// SPDX-License-Identifier: MIT
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

/// What becomes of a dead worker's jobs where the call itself succeeds.
struct SettledJobTests {
  @Test func `a job that allows no further try is not tried again when its worker dies`() throws {
    let crash = try CrashSpool()
    let job = try crash.job("a.json")
    try crash.place(
      Array(#"{"task":"noop","retries":0}"#.utf8),
      at: crash.sound.layout.active(job, of: crash.worker))
    _ = try crash.sound.begin(job, of: crash.worker)
    let outcome = try crash.sound.reclaim(
      job, of: crash.worker, within: CrashSpool.limits, at: SystemClock.now())
    #expect(outcome == .givenUp)
    #expect(try crash.places(of: "a") == ["errors/a.json"])
  }

  @Test func `files that a crash left beside no result do not become another attempt's`() throws {
    let crash = try CrashSpool()
    let job = try crash.giveJob("a.json", started: false)
    let run = try crash.sound.begin(job, of: crash.worker)
    try crash.sound.files.write([0x31], to: run.output)
    let stale = crash.sound.layout.resultFiles(job.id, in: crash.queue)
    try crash.sound.files.makeDirectories(stale)
    try crash.place([0x30], at: "\(stale)/old.json")
    try crash.sound.finish([job], of: crash.worker)
    #expect(try !crash.sound.files.exists(stale))
  }

  @Test func `the third crash makes a job poison, its earlier ones counted in its file`() throws {
    let crash = try CrashSpool()
    var name = try crash.giveJob("a.json", started: true)
    for expected in [Reclaimed.tryAgain, .tryAgain, .poison(crashes: 3)] {
      let outcome = try crash.sound.reclaim(
        name, of: crash.worker, within: CrashSpool.limits, at: SystemClock.now())
      #expect(outcome == expected)
      guard outcome == .tryAgain else { break }
      name = name.next
      try crash.sound.files.rename(
        crash.sound.layout.waiting(name, in: crash.queue),
        to: crash.sound.layout.active(name, of: crash.worker))
      _ = try crash.sound.begin(name, of: crash.worker)
    }
    #expect(try crash.places(of: "a") == ["errors/a.json"])
  }
}
