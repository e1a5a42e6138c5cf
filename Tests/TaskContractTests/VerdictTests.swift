// SPDX-License-Identifier: MIT
import Testing

@testable import TaskContract

struct VerdictTests {
  @Test(arguments: Verdict.allCases)
  func `only success finishes a job`(_ verdict: Verdict) {
    #expect((verdict.disposition == .finish) == (verdict == .ok))
  }

  @Test func `the statuses of spool-task(7) lead where it says`() {
    let retried = Verdict.allCases.filter { $0.disposition == .retry }.map(\.rawValue)
    let pausing = Verdict.allCases.filter { $0.disposition == .pauseQueue }.map(\.rawValue)
    #expect(retried.sorted() == [69, 71, 73, 74, 75])
    #expect(pausing.sorted() == [78, 126, 127])
  }
}
