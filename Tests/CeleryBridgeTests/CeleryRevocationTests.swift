// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// Tasks that their clients want no more, whenever they say so.
@Suite(.serialized) struct CeleryRevocationTests {
  @Test func `a task that was revoked before it came is not done`() throws {
    var bench = try MessageBench()
    try bench.start()
    try bench.revoke(["later"])
    #expect(
      bench.spool.waits { !bench.spool.names(in: "messages").contains { $0.contains("pidbox") } })
    try bench.send("note", [1], id: "later")
    #expect(bench.waitForValue(of: "later")?["exc_type"] == "TaskRevokedError")
    try bench.send("note", [2], id: "other")
    #expect(bench.waitForValue(of: "other") == 2)
    #expect(bench.notes == ["2"])
  }

  @Test func `a link of a chain that was revoked is not done, nor what comes after it`() throws {
    var bench = try MessageBench()
    try bench.start()
    var first = CeleryMessage(task: "sleep", id: "first", args: [1])
    first.chain = ["third", "second"].map { id in
      CelerySignature(
        task: "note", args: [.string(id)], options: ["task_id": .string(id)], isImmutable: true)
    }
    try bench.send(first)
    try bench.revoke(["second"])
    for id in ["second", "third"] {
      #expect(bench.waitForValue(of: id)?["exc_type"] == "TaskRevokedError")
    }
    #expect(bench.spool.waits { bench.result(of: "first")?["status"] == "SUCCESS" })
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    #expect(bench.notes.isEmpty)
  }

  @Test func `thousands of revocations of what nobody knows hold up nobody`() throws {
    var bench = try MessageBench()
    try bench.revoke((0..<3000).map { "unknown-\($0)" })
    try bench.send("add", [1, 2], id: "one")
    try bench.start()
    #expect(bench.waitForValue(of: "one") == 3)
  }

  @Test func `of two tasks with one id both are revoked`() throws {
    var bench = try MessageBench()
    for number in 1...2 {
      var message = CeleryMessage(task: "note", id: "one", args: [.integer(number)])
      message.eta = CeleryInstant(iso8601: "2100-01-01T00:00:00")
      try bench.send(message)
    }
    try bench.start()
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").count == 2 })
    try bench.revoke(["one"])
    #expect(bench.waitForValue(of: "one")?["exc_type"] == "TaskRevokedError")
    #expect(bench.spool.waitsUntilEmpty())
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
  }
}
