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
}
