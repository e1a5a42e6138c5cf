// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

extension CeleryMessage {
  /// A message file's content, which Celery's own workers take; the members stand as Celery puts them.
  ///
  /// What Celery shows in its log for the arguments (`argsrepr`) is left to whoever reads it.
  ///
  /// - Parameter deliveryTag: a UUID, where the message has none.
  package func bytes(deliveryTag tag: String) -> [UInt8] {
    let body: JSONValue = [
      .array(args), .object(kwargs),
      [
        "callbacks": Self.list(callbacks), "errbacks": Self.list(errbacks),
        "chain": Self.list(chain), "chord": chord?.json ?? .null,
      ],
    ]
    return PythonJSON.bytes([
      "body": .string(Base64.encode(PythonJSON.bytes(body))), "content-encoding": "utf-8",
      "content-type": .string(KombuEnvelope.jsonType), "headers": .object(headers),
      "properties": .object(properties(deliveryTag ?? tag)),
    ])
  }

  private var headers: JSONObject {
    let own: JSONValue = [
      "lang": "py", "task": .string(task), "id": .string(id), "shadow": Self.text(shadow),
      "eta": Self.text(eta?.isoformat), "expires": Self.text(expires?.isoformat),
      "group": Self.text(group), "group_index": groupIndex.map { .integer($0) } ?? .null,
      "retries": .integer(retries),
      "timelimit": [Self.seconds(timeLimit), Self.seconds(softTimeLimit)],
      "root_id": .string(rootID ?? id), "parent_id": Self.text(parentID),
      "origin": Self.text(origin), "ignore_result": .bool(ignoreResult),
      "replaced_task_nesting": .integer(replacedTaskNesting),
      "stamped_headers": stampedHeaders.isEmpty
        ? .null : .array(stampedHeaders.map(JSONValue.string)),
      "stamps": .object(stamps),
    ]
    return (own.objectValue ?? [:]).merging(otherHeaders) { own, _ in own }
  }

  private func properties(_ tag: String) -> JSONObject {
    let own: JSONValue = [
      "correlation_id": .string(correlationID ?? id), "reply_to": .string(replyTo ?? ""),
      "delivery_mode": 2,
      "delivery_info": [
        "exchange": .string(exchange), "routing_key": .string(routingKey ?? Self.defaultQueue),
      ],
      "priority": .integer(priority), "body_encoding": "base64", "delivery_tag": .string(tag),
    ]
    return (own.objectValue ?? [:]).merging(otherProperties) { own, _ in own }
  }

  /// Where an application says nothing else.
  package static let defaultQueue = "celery"

  private static func list(_ signatures: [CelerySignature]) -> JSONValue {
    signatures.isEmpty ? .null : .array(signatures.map(\.json))
  }

  private static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// Whole seconds without a fraction, as they are given.
  private static func seconds(_ seconds: Double?) -> JSONValue {
    guard let seconds else { return .null }
    return Int(exactly: seconds).map { .integer($0) } ?? .double(seconds)
  }
}
