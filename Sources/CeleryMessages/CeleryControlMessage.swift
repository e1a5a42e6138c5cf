// SPDX-License-Identifier: MIT
import JSONValues

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
  }

  /// The ids of the tasks that a `revoke` is about; empty for anything else.
  package var revokedIDs: [String] {
    guard method == "revoke", let ids = arguments["task_id"] else { return [] }
    return (ids.arrayValue ?? [ids]).compactMap(\.stringValue)
  }

  /// Whether a running task is to be ended as well.
  package var terminates: Bool { arguments["terminate"]?.boolValue ?? false }
}
