// SPDX-License-Identifier: MIT
import CeleryMessages
import Testing

/// The names in a folder of the filesystem transport, and its control files.
@Suite struct FolderTests {
  @Test func `each recorded name says its queue and its time`() throws {
    var queues: Set<String> = []
    for case let name? in try Recorded.messages().map(\.fileName) {
      let file = try #require(CeleryFileName(name))
      let number = name.prefix { $0 != "_" }
      #expect(file.milliseconds == UInt64(number))
      #expect(file.isFor(queue: file.queue))
      queues.insert(file.queue)
    }
    #expect(queues == ["celery", "reports", "x", "celery@vm.celery.pidbox"])
  }

  @Test(arguments: [
    ("1_u.celery.msg", "celery"), ("1_u.a.b.msg", "a.b"), ("hand-made.celery.msg", "celery"),
    ("1_u.celery.msg.msg", "celery.msg"),
  ])
  func `a queue is what stands between the first dot and the last`(
    _ name: String, _ queue: String
  ) throws {
    let file = try #require(CeleryFileName(name))
    #expect(file.queue == queue)
    #expect(file.isFor(queue: queue))
    #expect(!file.isFor(queue: "b"))
  }

  @Test(arguments: [
    "", ".msg", "1_u.msg", "1_u..msg", "1_u.celery", "1_u.celery.msg~", "a/b.c.msg",
  ])
  func `what kombu would not take is nobody's message`(_ name: String) {
    #expect(CeleryFileName(name) == nil)
  }

  @Test func `messages come in the order of their numbers`() {
    let names = ["10000_a.q.msg", "999_b.q.msg", "hand.q.msg", "10000_A.q.msg", "99_c.q.msg"]
    #expect(
      names.compactMap(CeleryFileName.init).sorted().map(\.name) == [
        "99_c.q.msg", "999_b.q.msg", "10000_A.q.msg", "10000_a.q.msg", "hand.q.msg",
      ])
  }

  @Test func `Celery's own queues are told from those of tasks`() throws {
    let purposes: [(String, CeleryFileName.Purpose)] = [
      ("celery", .tasks), ("reports.pidboxes", .tasks),
      ("celery@vm.celery.pidbox", .control(worker: "celery@vm")),
      ("w1@host.example.celery.pidbox", .control(worker: "w1@host.example")),
      ("59d40729-aa12-3870-b77a-8001cc6511ff.reply.celery.pidbox", .replies),
      ("celeryev.59d40729-aa12-3870-b77a-8001cc6511ff", .events),
    ]
    for (queue, purpose) in purposes {
      let file = try #require(CeleryFileName(milliseconds: 7, uuid: "u", queue: queue))
      #expect(file.name == "7_u.\(queue).msg")
      #expect(file.purpose == purpose)
    }
  }

  @Test(arguments: ["celery", "reports"])
  func `an exchange's file is read, and written byte for byte`(_ queue: String) throws {
    let bytes = try Recorded.bytes("messages/control-\(queue).exchange")
    let exchange = try CeleryExchange(parsing: bytes)
    #expect(exchange.bindings == [.init(routingKey: queue, queue: queue)])
    #expect(exchange == CeleryExchange(queue: queue))
    #expect(exchange.bytes == bytes)
  }

  @Test func `a worker's mailbox is bound to the control exchange`() {
    var exchange = CeleryExchange(mailboxOf: "celery@vm")
    let text = #"[["", "", "celery@vm.celery.pidbox"]]"#
    #expect(String(decoding: exchange.bytes, as: UTF8.self) == text)
    let other = CeleryExchange.Binding(routingKey: "", queue: "other@vm.celery.pidbox")
    exchange.bind(other)
    exchange.bind(other)
    #expect(exchange.bindings.map(\.queue) == [other.queue, "celery@vm.celery.pidbox"])
    exchange.unbind(other)
    #expect(String(decoding: exchange.bytes, as: UTF8.self) == text)
    #expect(CeleryExchange.fileName(of: CeleryExchange.controlName) == "celery.pidbox.exchange")
  }

  @Test func `an exchange's file that is being written is incomplete`() {
    let bytes = CeleryExchange(queue: "q").bytes
    for length in 0..<bytes.count {
      let error = failure { () throws(CeleryMessageError) in
        _ = try CeleryExchange(parsing: Array(bytes[..<length]))
      }
      #expect(error == .incomplete)
    }
    for text in ["{}", "[1]", #"[["a", "b"]]"#, #"[["a", "b", 1]]"#, "{"] {
      let error = failure { () throws(CeleryMessageError) in
        _ = try CeleryExchange(parsing: Array(text.utf8))
      }
      #expect(error != nil && error != .incomplete, "\(text)")
    }
  }

  @Test func `an exchange's name leads nowhere else`() {
    for name in ["a/b", "..", ".", "a b", "ä"] { #expect(CeleryExchange.fileName(of: name) == nil) }
    #expect(CeleryExchange.fileName(of: "") == ".exchange")
    #expect(CeleryExchange.name(ofFile: "celery.exchange") == "celery")
    #expect(CeleryExchange.name(ofFile: "celery") == nil)
  }
}
