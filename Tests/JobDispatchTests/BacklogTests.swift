// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

@testable import JobDispatch

struct BacklogTests {
  @Test func `a name that was told ten times is looked at once`() {
    let backlog = Backlog()
    for _ in 0..<10 { backlog.consider("a") }
    #expect(backlog.next() == "a")
    #expect(backlog.next() == nil)
  }

  private func entry(_ name: String, _ priority: Int = 4, at second: Double = 0) -> Backlog.Entry {
    Backlog.Entry(priority: priority, dropped: Timestamp(seconds: second), name: name)
  }

  @Test func `names come by priority, then in the order of their drop`() {
    let backlog = Backlog()
    for (name, priority, second) in [
      ("late", 4, 9), ("low", 0, 1), ("urgent", 9, 8), ("early", 4, 2), ("more urgent", 9, 7),
    ] {
      backlog.take(entry(name, priority, at: Double(second)))
    }
    let names = (0..<5).compactMap { _ in backlog.next() }
    #expect(names == ["more urgent", "urgent", "early", "late", "low"])
    #expect(backlog.isEmpty)
  }

  @Test func `a full window keeps the most urgent, and the others are found by listing again`()
    throws
  {
    let backlog = Backlog(window: 3)
    let directory = try TemporaryDirectory("backlog")
    backlog.beginListing(try SystemFiles().list(directory.path))
    backlog.endListing()
    #expect(!backlog.wantsListing)
    for second in 0..<3 { backlog.take(entry("\(second)", at: Double(second))) }
    #expect(!backlog.hasMore)
    #expect(backlog.hasRoom(for: entry("urgent", 5, at: 99)))
    #expect(!backlog.hasRoom(for: entry("later", at: 99)))
    backlog.take(entry("urgent", 5, at: 99))
    #expect(backlog.hasMore)
    #expect((0..<4).map { _ in backlog.next() } == ["urgent", "0", "1", nil])
    #expect(backlog.wantsListing)
  }

  @Test func `names that events tell beyond the window are found by listing`() throws {
    let backlog = Backlog(window: 3)
    backlog.beginListing(try SystemFiles().list("/"))
    for number in 0...3 { backlog.consider("\(number)") }
    #expect(backlog.count == 3)
    #expect(backlog.hasMore)
  }

  @Test func `an unsettled name waits for its moment or for an event`() {
    let backlog = Backlog()
    let moment = Timestamp(seconds: 100)
    backlog.wait("a", until: moment)
    #expect(backlog.knows("a"))
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
