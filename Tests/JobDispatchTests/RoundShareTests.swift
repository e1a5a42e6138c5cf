// SPDX-License-Identifier: MIT
import Testing

@testable import JobDispatch

struct RoundShareTests {
  /// How many names a share takes, the n-th at this moment.
  private func names(_ moment: (Int) -> Int64) -> Int {
    var share = RoundShare(at: 0)
    var count = 0
    while share.takesOne(at: moment(count)) { count += 1 }
    return count
  }

  @Test func `a share ends with its last name`() {
    #expect(names { _ in 1 } == RoundShare.names)
  }

  @Test func `a share ends with its time, but never before its first name`() {
    #expect(names { _ in RoundShare.time } == 1)
    #expect(names { $0 < 10 ? 0 : RoundShare.time } == 10)
  }

  @Test func `no worker's stock runs out during some shares`() {
    #expect(RoundShare.time * 10 <= Allowance.horizon)
  }
}
