// SPDX-License-Identifier: MIT
import Testing

@testable import JobDispatch

struct RateLimitTests {
  private static let second: Int64 = 1_000_000_000

  @Test func `jobs pass one by one at a low rate, and none is saved up`() {
    var limit = RateLimit()
    #expect(limit.allowance(at: 2, now: 0) == 1)
    limit.pass(1)
    #expect(limit.allowance(at: 2, now: 0) == 0)
    #expect(limit.nextMoment(at: 2) == Self.second / 2)
    #expect(limit.allowance(at: 2, now: Self.second / 2) == 1)
    #expect(limit.allowance(at: 2, now: 60 * Self.second) == 1)
  }

  @Test(arguments: [0.5, 3, 7, 10, 1000]) func `in the long run the rate is kept`(_ rate: Double) {
    var limit = RateLimit()
    var now: Int64 = 0
    var passed = 0
    while now < 100 * Self.second {
      let jobs = limit.allowance(at: rate, now: now)
      limit.pass(jobs)
      passed += jobs
      now = max(now + 1, limit.nextMoment(at: rate) ?? now)
    }
    #expect(abs(Double(passed) - 100 * rate) <= 0.05 * rate + 2)
  }
}
