// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// What a client tells workers over the mailboxes: `revoke`, `ping`, `shutdown`...
package struct CeleryControlMessage: Hashable, Sendable {
  package let method: String
  package let arguments: JSONObject
  /// Workers (`celery@HOST`) that are meant; all of them where nothing is given.
  package let destination: [String]?
  /// Under which an answer is to be sent, and the exchange and the routing key that it goes to.
  package let ticket: String?
  package let replyExchange: String?
  package let replyRoutingKey: String?
  /// Seconds since 1970 up to which its sender waits; nil where it does not say.
  package let expires: Double?

  /// - Throws: ``CeleryMessageError``; `incomplete` where more bytes could make it a message.
  package init(
    parsing bytes: [UInt8], inflatingUpTo limit: Int = CeleryMessage.inflatedLimit
  ) throws(CeleryMessageError) {
    let envelope = try KombuEnvelope(parsing: bytes, inflatingUpTo: limit)
    guard let members = envelope.body.objectValue else { throw .notThe("a control message") }
    let body = MemberReader(members)
    method = try body.name("method")
    arguments = try body.object("arguments") ?? [:]
    destination = try body.array("destination") == nil ? nil : body.texts("destination")
    ticket = try body.text("ticket")
    let reply = MemberReader(try body.object("reply_to") ?? [:])
    replyExchange = try reply.text("exchange")
    replyRoutingKey = try reply.text("routing_key")
    expires = envelope.headers["expires"]?.doubleValue.flatMap { $0 > 0 ? $0 : nil }
  }

  /// The ids of the tasks that a `revoke` or `terminate` is about; empty for anything else.
  package var revokedIDs: [String] {
    guard ["revoke", "terminate"].contains(method) else { return [] }
    return texts("task_id")
  }

  /// Whether a running task is to be ended as well.
  package var terminates: Bool {
    method == "terminate" || arguments["terminate"]?.boolValue ?? false
  }

  /// An argument that is one text or a list of them.
  package func texts(_ name: String) -> [String] {
    guard let value = arguments[name] else { return [] }
    return (value.arrayValue ?? [value]).compactMap(\.stringValue)
  }

  /// The message that carries a worker's answer to its sender; nil where nobody waits for one.
  ///
  /// - Parameters:
  ///   - tag: a UUID.
  ///   - clock: grows with each answer.
  package func answer(
    _ value: JSONValue, of worker: String, deliveryTag tag: String, clock: Int
  ) -> [UInt8]? {
    guard let ticket, let replyExchange, let replyRoutingKey else { return nil }
    let body = PythonJSON.bytes(.object([worker: value]))
    return PythonJSON.bytes([
      "body": .string(Base64.encode(body)), "content-encoding": "utf-8",
      "content-type": .string(KombuEnvelope.jsonType),
      "headers": ["ticket": .string(ticket), "clock": .integer(clock)],
      "properties": [
        "delivery_mode": 1,
        "delivery_info": [
          "exchange": .string(replyExchange), "routing_key": .string(replyRoutingKey),
        ],
        "priority": 0, "body_encoding": "base64", "delivery_tag": .string(tag),
      ],
    ])
  }
}
