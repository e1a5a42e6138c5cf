// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// Messages whose jobs wait: for their clients they are still in the queue.
@Suite(.serialized) struct CeleryWaitingTests {
  private func waiting(_ id: String, ignoringResult: Bool = false) -> CeleryMessage {
    var message = CeleryMessage(task: "note", id: id, args: [.string(id)])
    message.eta = CeleryInstant(iso8601: "2100-01-01T00:00:00")
    message.ignoreResult = ignoringResult
    return message
  }

  private func deferred(_ bench: MessageBench) -> [String] {
    bench.spool.names(in: "deferred/note").sorted()
  }

  @Test func `they stay for as long as their jobs, also over a restart`() throws {
    var bench = try MessageBench()
    try bench.send(waiting("kept"))
    try bench.send(waiting("ignored", ignoringResult: true))
    for _ in 1...2 {
      try bench.start()
      #expect(bench.spool.waits { deferred(bench) == ["ignored.json", "kept.json"] })
      #expect(bench.spool.names(in: "messages").count == 2)
      bench.killBridge()
    }
    try bench.start()
    for id in ["kept", "ignored"] { bench.spool.run("mv deferred/note/\(id).json incoming/note/") }
    #expect(bench.spool.waits { bench.spool.names(in: "messages").isEmpty })
    #expect(bench.waitForValue(of: "kept") == "kept")
    #expect(bench.notes.sorted() == ["\"ignored\"", "\"kept\""])
  }

  @Test func `what ended while nobody looked is in the queue no more, and is not done again`()
    throws
  {
    var bench = try MessageBench()
    try bench.send(waiting("kept"))
    try bench.send(waiting("ignored", ignoringResult: true))
    try bench.start()
    #expect(bench.spool.waits { deferred(bench).count == 2 })
    bench.killBridge()
    // One is removed by a person, the result of the other one is gone already.
    bench.spool.run("rm deferred/note/*.json")
    try bench.start()
    #expect(bench.spool.waits { bench.spool.names(in: "messages").count == 1 })
    #expect(deferred(bench).isEmpty)
    #expect(bench.notes.isEmpty)
  }

  @Test func `whose message is taken back is not done, without a word`() throws {
    var bench = try MessageBench()
    try bench.send(waiting("kept"))
    try bench.send(waiting("ignored", ignoringResult: true))
    try bench.start()
    #expect(bench.spool.waits { deferred(bench).count == 2 })
    bench.spool.run("rm messages/*.msg")
    #expect(bench.spool.waits { deferred(bench).isEmpty })
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    #expect(bench.result(of: "kept") == nil)
    try bench.send("add", [1, 2], id: "one")
    #expect(bench.waitForValue(of: "one") == 3)
  }
}
