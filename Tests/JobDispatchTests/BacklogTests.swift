// SPDX-License-Identifier: MIT
import SystemCalls
import Testing

@testable import JobDispatch

struct BacklogTests {
  @Test func `a name that was told ten times is looked at once`() {
    var backlog = Backlog()
    for _ in 0..<10 { backlog.consider("a") }
    #expect(backlog.next() == "a")
    #expect(backlog.next() == nil)
  }

  @Test func `names beyond the window are found by listing again`() {
    var backlog = Backlog()
    backlog.fill([], isWhole: true)
    for number in 0...Backlog.window { backlog.consider("\(number)") }
    #expect(backlog.count == Backlog.window)
    #expect(backlog.hasMore)
  }

  @Test func `an unsettled name waits for its moment or for an event`() {
    var backlog = Backlog()
    let moment = Timestamp(seconds: 100)
    backlog.wait("a", until: moment)
    backlog.fill(["a"], isWhole: true)
    #expect(backlog.isEmpty)
    backlog.wakeUnsettled(at: Timestamp(seconds: 99))
    #expect(backlog.isEmpty)
    backlog.wakeUnsettled(at: moment)
    #expect(backlog.next() == "a")
    backlog.wait("b", until: moment)
    backlog.consider("b")
    #expect(backlog.next() == "b")
    #expect(backlog.nextLook == nil)
  }
}
