// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolTesting
import SystemCalls

/// A spool that takes Celery's messages, and a client that writes them byte by byte.
struct MessageBench {
  static let tasks = [
    "add": "jq -c '.args | add'",
    "note": "jq -c '.args[0]' | tee -a $SPOOL/tmp/notes",
    "sleep": "exec sleep $(jq '.args[0]')",
    "fail": "exit 65",
  ]

  let spool: TestSpool
  private(set) var bridge: ChildProcess?

  /// - Parameter messages: where clients leave them, below the spool or elsewhere.
  init(messages: String = "messages") throws {
    spool = try TestSpool(
      Self.tasks,
      configuration:
        "[celery]\nmessages = \"\(messages)\"\nresults = \"told\"\nworker = \"celery@spool\"\n")
    spool.run("mkdir -p messages told control")
  }

  mutating func start() throws {
    if spool.dispatcher == nil { try spool.start() }
    bridge = try spool.start(program: "spool-celery")
  }

  mutating func killBridge() {
    bridge?.send(.kill)
    if let bridge { _ = spool.waits(forEndOf: bridge) }
    bridge = nil
  }

  func send(_ message: CeleryMessage, as name: String? = nil) throws {
    let number = SystemClock.monotonic()
    let bytes = message.bytes(deliveryTag: "\(number)")
    let name = name ?? "\(number / 1_000_000)_\(number).celery.msg"
    try spool.put(String(decoding: bytes, as: UTF8.self), at: "messages/\(name)")
  }

  func send(_ task: String, _ args: [JSONValue], id: String) throws {
    try send(CeleryMessage(task: task, id: id, args: args))
  }

  /// What `app.control.revoke` writes for each worker.
  func revoke(_ ids: [String], terminates: Bool = false) throws {
    try tell(
      "revoke",
      ["task_id": .array(ids.map(JSONValue.string)), "terminate": .bool(terminates)])
  }

  /// - Parameters:
  ///   - reply: the exchange and the routing key of an answer.
  ///   - expires: seconds since 1970.
  func tell(
    _ method: String, _ arguments: JSONObject = [:], reply: (String, String)? = nil,
    expires: Double = 0
  ) throws {
    var body: JSONObject = [
      "method": .string(method), "destination": .null, "arguments": .object(arguments),
    ]
    if let (exchange, key) = reply {
      body["ticket"] = "ticket"
      body["reply_to"] = ["exchange": .string(exchange), "routing_key": .string(key)]
    }
    let text = String(decoding: JSONValue.object(body).bytes, as: UTF8.self)
    let message: JSONValue = [
      "body": .string(text), "content-type": "application/json", "content-encoding": "utf-8",
      "headers": ["clock": 1, "expires": .double(expires)], "properties": [:],
    ]
    try spool.put(
      String(decoding: message.bytes, as: UTF8.self),
      at: "messages/\(SystemClock.monotonic())_1.celery@spool.celery.pidbox.msg")
  }

  func result(of id: String) -> JSONValue? {
    spool.read("told/celery-task-meta-\(id)").flatMap { try? JSONValue(parsing: $0.utf8) }
  }

  /// The result's value, once there is one; nil where none comes.
  func waitForValue(of id: String, other than: JSONValue? = nil) -> JSONValue? {
    var value: JSONValue?
    _ = spool.waits {
      value = result(of: id)?["result"]
      return value != nil && value != than
    }
    return value
  }

  var notes: [Substring] { (spool.read("tmp/notes") ?? "").split(separator: "\n") }
}
