// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import Testing

@testable import JobDispatch

struct DeferredIndexTests {
  private func job(_ name: String) throws -> JobName { try #require(JobName(fileName: name)) }

  @Test func `jobs come out in the order of their times, none before its own`() throws {
    let queue = try #require(QueueName("noop"))
    var index = DeferredIndex()
    try index.note(job("late.json"), in: queue, due: Timestamp(seconds: 20))
    try index.note(job("early.json"), in: queue, due: Timestamp(seconds: 10))
    #expect(index.nextDue == Timestamp(seconds: 10))
    #expect(index.popDue(at: Timestamp(seconds: 9)) == nil)
    #expect(index.popDue(at: Timestamp(seconds: 30))?.job.fileName == "early.json")
    #expect(index.popDue(at: Timestamp(seconds: 30))?.job.fileName == "late.json")
    #expect(index.popDue(at: Timestamp(seconds: 30)) == nil)
  }

  @Test func `a job whose time a person changes comes once, at the new time`() throws {
    let queue = try #require(QueueName("noop"))
    var index = DeferredIndex()
    try index.note(job("a.json"), in: queue, due: Timestamp(seconds: 10))
    try index.note(job("a.json"), in: queue, due: Timestamp(seconds: 50))
    #expect(index.popDue(at: Timestamp(seconds: 20)) == nil)
    #expect(index.popDue(at: Timestamp(seconds: 50))?.job.fileName == "a.json")
    #expect(index.popDue(at: Timestamp(seconds: 99)) == nil)
  }

  @Test
  func `jobs that find no room are known by the time of the first, when they are to be listed`()
    throws
  {
    let queue = try #require(QueueName("noop"))
    var index = DeferredIndex(window: 2)
    for (name, due) in [("d", 40.0), ("b", 20), ("c", 30), ("a", 10)] {
      try index.note(job("\(name).json"), in: queue, due: Timestamp(seconds: due))
    }
    #expect(index.count == 2)
    let unlisted = try #require(JobID("c"))
    #expect(
      index.jobs(of: unlisted, in: queue, tries: 2).map(\.fileName) == ["c.json", "c.try2.json"])
    let late = Timestamp(seconds: 99)
    #expect(index.popDue(at: late)?.job.fileName == "a.json")
    #expect(index.popDue(at: late)?.job.fileName == "b.json")
    #expect(index.popDue(at: late) == nil)
    #expect(index.nextDue == Timestamp(seconds: 30))
    #expect(index.popUnlisted(at: Timestamp(seconds: 29)) == nil)
    #expect(index.popUnlisted(at: Timestamp(seconds: 30)) == queue)
    #expect(index.nextDue == nil)
  }

  @Test func `a late job that was listed does not go before an earlier one that was not`() throws {
    let queue = try #require(QueueName("noop"))
    var index = DeferredIndex(window: 1)
    try index.note(job("a.json"), in: queue, due: Timestamp(seconds: 10))
    try index.note(job("b.json"), in: queue, due: Timestamp(seconds: 20))
    #expect(index.popDue(at: Timestamp(seconds: 10))?.job.fileName == "a.json")
    try index.note(job("c.json"), in: queue, due: Timestamp(seconds: 30))
    #expect(index.popDue(at: Timestamp(seconds: 99)) == nil)
    #expect(index.popUnlisted(at: Timestamp(seconds: 99)) == queue)
  }
}
