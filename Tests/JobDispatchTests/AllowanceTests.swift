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
    allowance.note(done: 100, at: Allowance.horizon / 10 + 1_000_000)
    #expect(allowance.jobs == Allowance.limit)
  }

  @Test func `one long job among short ones shrinks the stock again`() {
    var allowance = Allowance()
    allowance.restart(at: 0)
    allowance.note(done: 10, at: 5_000_000)
    allowance.note(done: 1, at: 905_000_000)
    #expect(allowance.jobs <= 2)
    allowance.note(done: 1, at: 1_805_000_000)
    #expect(allowance.jobs == 1)
  }

  @Test func `a group that is told soon after another one says nothing of short jobs`() {
    var allowance = Allowance()
    allowance.restart(at: 0)
    allowance.note(done: 2, at: 120_000_000)
    allowance.note(done: 1, at: 140_000_000)
    #expect((3...5).contains(allowance.jobs))
  }
}
