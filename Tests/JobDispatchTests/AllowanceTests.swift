// SPDX-License-Identifier: MIT
import Testing

@testable import JobDispatch

struct AllowanceTests {
  @Test func `a worker of long jobs holds one at a time`() {
    var allowance = Allowance()
    allowance.restart(at: 0)
    allowance.note(done: 1, at: 2_000_000_000)
    #expect(allowance.jobs == 1)
  }

  @Test func `a worker of short jobs gets a stock, within the limit`() {
    var allowance = Allowance()
    allowance.restart(at: 0)
    allowance.note(done: 1, at: Allowance.horizon / 10)
    #expect(allowance.jobs == 10)
    allowance.note(done: 10, at: Allowance.horizon / 10 + 1_000_000)
    #expect(allowance.jobs == Allowance.limit)
  }

  @Test func `one long job among short ones shrinks the stock again`() {
    var allowance = Allowance()
    allowance.restart(at: 0)
    allowance.note(done: 10, at: 5_000_000)
    allowance.note(done: 1, at: 905_000_000)
    #expect(allowance.jobs == 1)
  }
}
