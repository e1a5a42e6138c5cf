// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// What clients ask workers, and where answers may go.
@Suite(.serialized) struct CeleryControlTests {
  private static let replies = "reply.celery.pidbox"

  private func bench(answersGoTo queues: [String]) throws -> MessageBench {
    let bench = try MessageBench()
    let table = CeleryExchange(queues.map { .init(routingKey: "me", queue: $0) })
    try bench.spool.put(
      String(decoding: table.bytes, as: UTF8.self), at: "control/\(Self.replies).exchange")
    return bench
  }

  private func waitsForQuestions(_ bench: MessageBench) -> Bool {
    bench.spool.waits {
      !bench.spool.names(in: "messages").contains { $0.hasSuffix("@spool.celery.pidbox.msg") }
    }
  }

  private func answers(_ bench: MessageBench) -> [JSONValue] {
    bench.spool.names(in: "messages").filter { $0.hasSuffix("me.\(Self.replies).msg") }
      .compactMap { name in
        bench.spool.read("messages/\(name)").flatMap { try? JSONValue(parsing: $0.utf8) }
      }
  }

  @Test func `an answer is what kombu makes of one`() throws {
    var bench = try bench(answersGoTo: ["me.\(Self.replies)"])
    try bench.start()
    try bench.tell("ping", reply: (Self.replies, "me"))
    #expect(bench.spool.waits { !answers(bench).isEmpty })
    let answer = try #require(answers(bench).first)
    let body = try #require(answer["body"]?.stringValue)
    let bytes = try #require(Base64.decode(Array(body.utf8)[...]))
    #expect(String(decoding: bytes, as: UTF8.self) == #"{"celery@spool": {"ok": "pong"}}"#)
    #expect(answer["headers"]?["ticket"] == "ticket")
    #expect(answer["properties"]?["body_encoding"] == "base64")
    #expect(waitsForQuestions(bench))
  }

  @Test func `who has gone is not answered, nor who asks for no answer`() throws {
    var bench = try bench(answersGoTo: ["me.\(Self.replies)"])
    try bench.tell("ping", reply: (Self.replies, "me"), expires: SystemClock.now().seconds - 1)
    try bench.tell("ping")
    try bench.tell("ping", reply: (Self.replies, "somebody else"))
    try bench.start()
    #expect(waitsForQuestions(bench))
    #expect(answers(bench).isEmpty)
  }

  @Test(arguments: [["celery"], ["../../x.\(replies)"], ["celery@other.celery.pidbox"]])
  func `an answer goes to who waits for answers, and nowhere else`(_ queues: [String]) throws {
    var bench = try bench(answersGoTo: queues)
    try bench.tell("ping", reply: (Self.replies, "me"))
    try bench.tell("ping", reply: ("../../etc/x", "me"))
    try bench.start()
    #expect(waitsForQuestions(bench))
    #expect(bench.spool.waits { bench.spool.names(in: "messages").isEmpty })
    #expect(bench.spool.names(in: "incoming").sorted() == MessageBench.tasks.keys.sorted())
  }

  @Test func `a question is answered while thousands of tasks are still to be taken`() throws {
    var bench = try bench(answersGoTo: ["me.\(Self.replies)"])
    var message = CeleryMessage(task: "note", id: "")
    message.eta = CeleryInstant(iso8601: "2100-01-01T00:00:00")
    for number in 0..<4000 {
      message.id = "task-\(number)"
      try bench.send(message)
    }
    try bench.tell("ping", reply: (Self.replies, "me"))
    try bench.start()
    #expect(bench.spool.waits { !answers(bench).isEmpty })
    #expect(bench.spool.names(in: ".celery").count < 4000)
  }
}
