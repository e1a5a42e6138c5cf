// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolTesting
import Testing

/// Tasks of Celery's own that call others, one after another.
@Suite(.serialized) struct CeleryCallsTests {
  private func whole(
    _ items: [JSONValue], of task: String = "note", id: String = "whole"
  ) -> CeleryMessage {
    CeleryMessage(
      task: "celery.map", id: id,
      kwargs: ["task": CelerySignature(task: task).json, "it": .array(items)])
  }

  @Test func `they go on where they were after the bridge was killed`() throws {
    var bench = try MessageBench()
    try bench.start()
    try bench.send(whole((1...30).map { .integer($0) }))
    for count in [3, 10, 20] {
      #expect(bench.spool.waits { bench.notes.count >= count })
      bench.killBridge()
      try bench.start()
    }
    #expect(bench.waitForValue(of: "whole") == .array((1...30).map { .integer($0) }))
    #expect(bench.notes.map(String.init) == (1...30).map(String.init))
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    #expect(bench.spool.waits { bench.spool.names(in: "messages").isEmpty })
  }

  @Test func `an id that is used again has its own results`() throws {
    var bench = try MessageBench()
    try bench.start()
    try bench.send(whole([1, 2]))
    #expect(bench.waitForValue(of: "whole") == [1, 2])
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    try bench.send(whole([3, 4, 5]))
    #expect(bench.waitForValue(of: "whole", other: [1, 2]) == [3, 4, 5])
  }

  @Test func `a call that is removed, or has no queue, ends the whole`() throws {
    var bench = try MessageBench()
    try bench.start()
    try bench.send(whole([1], of: "nowhere", id: "first"))
    #expect(bench.waitForValue(of: "first")?["exc_type"] == "NotRegistered")
    try bench.send(whole([1], of: "what is no name", id: "second"))
    #expect(bench.waitForValue(of: "second")?["exc_type"] == "NotRegistered")
    try bench.send(whole([600], of: "sleep", id: "third"))
    #expect(bench.spool.waits { bench.spool.exists("active/sleep@1/third.call1") })
    try bench.revoke(["third"], terminates: true)
    #expect(bench.waitForValue(of: "third")?["exc_type"] == "TaskRevokedError")
    #expect(bench.spool.waitsUntilEmpty())
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
  }

  @Test func `whose message is taken back before the first call is not done`() throws {
    var bench = try MessageBench()
    var message = whole([1, 2])
    message.eta = CeleryInstant(iso8601: "2100-01-01T00:00:00")
    try bench.send(message)
    try bench.start()
    #expect(bench.spool.waits { bench.spool.names(in: "deferred/note") == ["whole.call1.json"] })
    #expect(bench.spool.names(in: "messages").count == 1)
    bench.spool.run("rm messages/*.msg")
    #expect(bench.spool.waits { bench.spool.names(in: "deferred/note").isEmpty })
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    #expect(bench.result(of: "whole") == nil)
  }

  @Test(
    arguments: [
      (["it": [1]], "signature"), (["task": ["task": "note"]], "a list"),
      (["task": ["task": "note"], "it": [1]], "a list of lists"),
      (["task": "note", "it": [[1]]], "signature"),
    ] as [(JSONObject, String)])
  func `one that says not what to call, or with what, fails`(
    _ kwargs: JSONObject, _ reason: String
  ) throws {
    var bench = try MessageBench()
    try bench.start()
    try bench.send(CeleryMessage(task: "celery.starmap", id: "whole", kwargs: kwargs))
    let told = bench.waitForValue(of: "whole")
    #expect(told?["exc_type"] == "TaskError")
    #expect(told?["exc_message"]?.text.contains(reason) == true)
  }

  @Test func `a message that says it is a call of what is not there is a task like others`() throws
  {
    var bench = try MessageBench()
    try bench.start()
    var message = CeleryMessage(task: "note", id: "one", args: [1])
    message.otherHeaders["spool_call"] = ["../../etc", 3]
    try bench.send(message)
    #expect(bench.spool.waits { bench.notes == ["1"] })
    #expect(bench.spool.waits { bench.spool.names(in: ".celery").isEmpty })
    try bench.send("add", [1, 2], id: "two")
    #expect(bench.waitForValue(of: "two") == 3)
  }
}
