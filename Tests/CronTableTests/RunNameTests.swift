// SPDX-License-Identifier: MIT
import CronTable
import Testing

@Suite struct RunNameTests {
  @Test func `a run's name is made of its line and its time alone`() throws {
    let instant = try Schedules.instant("2026-11-25T00:30:00Z")
    let name = RunName(line: "30 0 * * * q {}", instant: instant)
    #expect("\(name)" == "cron-\(name.key)-20261125T003000Z")
    #expect(name == RunName(line: "30 0 * * * q {}", instant: instant))
    #expect(name.key != RunName(line: "31 0 * * * q {}", instant: instant).key)
    #expect(RunName.isKey(name.key))
  }

  @Test(arguments: [0, 1, 951_782_399, 951_782_400, 4_107_542_399, -1, 253_402_300_799])
  func `a name says which run it is`(_ instant: Int) {
    let name = RunName(line: "x", instant: instant)
    #expect(RunName("\(name)") == name)
  }

  @Test(arguments: [
    "", "41", "cron-81d0a31bf04c", "cron-81d0a31bf04c-20261125T003000",
    "cron-81d0a31bf04-20261125T003000Z",
    "cron-81D0A31BF04C-20261125T003000Z", "cron-81d0a31bf04c-20260231T003000Z",
    "cron-81d0a31bf04c-20261125T003000Z-2", "Cron-81d0a31bf04c-20261125T003000Z",
    "cron-81d0a31bf04c-20261125T243000Z", "cron-81d0a31bf04c-+0261125T003000Z",
  ])
  func `other names are no runs'`(_ text: String) {
    #expect(RunName(text) == nil)
  }
}
