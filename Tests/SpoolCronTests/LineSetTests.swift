// SPDX-License-Identifier: MIT
import CronTable
import Testing

@testable import JobSchedule

@Suite struct LineSetTests {
  private func keys(_ text: String) -> [String] {
    LineSet(Array(text.utf8), localZone: .utc).lines.map(\.key)
  }

  @Test func `what makes no difference to its runs makes none to a line's key`() {
    let key = keys("0 0 * * mon q {\"a\": 1}\n")
    #expect(key.count == 1)
    #expect(keys("# x\n\n 0  0 * *\tMON   q   {\"a\": 1}  \n") == key)
    #expect(keys("CATCH_UP=1d\n0 0 * * mon q {\"a\": 1}\n") == key)
    #expect(keys("0 0 * * mon q\n") == keys("0 0 * * mon q {}\n"))
  }

  @Test(arguments: [
    "0 1 * * mon q {\"a\": 1}", "0 0 * * mon r {\"a\": 1}", "0 0 * * mon q {\"a\": 2}",
    "CRON_TZ=UTC 0 0 * * mon q {\"a\": 1}",
  ])
  func `another time, queue, job or zone is another line`(_ line: String) {
    #expect(keys(line) != keys("0 0 * * mon q {\"a\": 1}"))
    #expect(keys(line).count == 1)
  }

  @Test func `keys do not change from one release to the next`() {
    #expect(keys("*/5 * * * * fetch_url\n") == ["38c69f6dfc33"])
    #expect(RunName.key(of: "*/5 * * * * fetch_url {}") == "38c69f6dfc33")
  }

  @Test func `a stamp that was damaged is as good as none`() {
    let stamp = Stamp(until: 1_800_014_400, dropped: .init(instant: 1_800_014_340, queue: "q"))
    let document = stamp.document(of: "a line")
    #expect(Stamp(document) == stamp)
    #expect(Stamp(Stamp(until: 7).document(of: "")) == Stamp(until: 7))
    for count in 0..<(document.count - 2) { #expect(Stamp(Array(document.prefix(count))) == nil) }
    #expect(Stamp(Array("{}".utf8)) == nil && Stamp([0]) == nil)
  }
}
