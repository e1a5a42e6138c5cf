// SPDX-License-Identifier: MIT
import JSONValues

/// One call of a task, as Celery's producers put it on a transport (protocol 2), and what shall follow it.
package struct CeleryMessage: Hashable, Sendable {
  package var task: String
  package var id: String
  package var args: [JSONValue]
  package var kwargs: JSONObject
  /// Not before this moment; `countdown` has become one already.
  package var eta: CeleryInstant?
  /// Not after this moment.
  package var expires: CeleryInstant?
  /// Seconds; the process is killed.
  package var timeLimit: Double?
  /// Seconds; the task is told.
  package var softTimeLimit: Double?
  /// How many tries there have been before; not how many are left, which only the task's own code says.
  package var retries = 0
  /// 0 to 9; 0 as well where nothing is given, since kombu then writes 0.
  ///
  /// The filesystem transport does not look at it. Kombu's own rule is that the higher comes first, Redis has it the other
  /// way round.
  package var priority = 0
  package var group: String?
  package var groupIndex: Int?
  /// The first task of the tree that this one belongs to; itself where nobody says.
  package var rootID: String?
  package var parentID: String?
  package var ignoreResult = false
  /// A name to be shown instead of the task's.
  package var shadow: String?
  /// The producer, `gen32714@vm`.
  package var origin: String?
  /// How often the task has put others in its place.
  package var replacedTaskNesting = 0
  package var stampedHeaders: [String] = []
  package var stamps: JSONObject = [:]
  /// `link`: called with the result.
  package var callbacks: [CelerySignature] = []
  /// `link_error`: called with the id of what failed.
  package var errbacks: [CelerySignature] = []
  /// The rest of the chain, its last link first.
  package var chain: [CelerySignature] = []
  /// The body of the chord whose header this task is part of; nothing that backends without counters use.
  package var chord: CelerySignature?
  package var correlationID: String?
  package var replyTo: String?
  package var deliveryTag: String?
  package var exchange = ""
  /// The queue's name, unless the application has exchanges of its own; nil where the application's default is meant.
  package var routingKey: String?
  /// Headers that are not Celery's: whatever the producer gave as `headers`, or as options that Celery does not know.
  package var otherHeaders: JSONObject = [:]
  /// Properties that are not kombu's: options of `apply_async` that Celery does not know end here.
  package var otherProperties: JSONObject = [:]

  package init(task: String, id: String, args: [JSONValue] = [], kwargs: JSONObject = [:]) {
    self.task = task
    self.id = id
    self.args = args
    self.kwargs = kwargs
  }

  /// Bytes that a compressed body may have; as much as the largest job that the spool takes.
  package static let inflatedLimit = 16 << 20

  /// Reads a whole file's content.
  ///
  /// - Throws: ``CeleryMessageError``; `incomplete` where more bytes could make it a message.
  package init(
    parsing bytes: [UInt8], inflatingUpTo limit: Int = Self.inflatedLimit
  ) throws(CeleryMessageError) {
    let envelope = try KombuEnvelope(parsing: bytes, inflatingUpTo: limit)
    if envelope.headers["task"] != nil {
      try self.init(envelope)
    } else if let body = envelope.body.objectValue, body["task"] != nil {
      try self.init(protocol1: body)
    } else {
      throw .notATask
    }
    try take(envelope.properties)
  }

  private init(_ envelope: KombuEnvelope) throws(CeleryMessageError) {
    let form = "a list [args, kwargs, what follows]"
    guard let parts = envelope.body.arrayValue, (2...3).contains(parts.count) else {
      throw .badMember("body", expected: form)
    }
    let names = ["args", "kwargs", "embed"]
    let body = MemberReader(JSONObject(uniqueKeysWithValues: zip(names, parts)))
    let headers = MemberReader(envelope.headers)
    self.init(
      task: try headers.name("task"), id: try headers.name("id"),
      args: try body.array("args") ?? [], kwargs: try body.object("kwargs") ?? [:])
    try take(headers, group: "group", naive: true)
    try takeFollowing(MemberReader(try body.object("embed") ?? [:]))
    rootID = try headers.text("root_id")
    parentID = try headers.text("parent_id")
    ignoreResult = try headers.flag("ignore_result")
    shadow = try headers.text("shadow")
    origin = try headers.text("origin")
    replacedTaskNesting = try headers.count("replaced_task_nesting") ?? 0
    stampedHeaders = try headers.texts("stamped_headers")
    stamps = try headers.object("stamps") ?? [:]
    otherHeaders = envelope.headers.filter { !Self.ownHeaders.contains($0.key) }
  }

  /// What Celery 3 and `task_protocol = 1` send: everything in the body.
  private init(protocol1 members: JSONObject) throws(CeleryMessageError) {
    let body = MemberReader(members)
    self.init(
      task: try body.name("task"), id: try body.name("id"),
      args: try body.array("args") ?? [], kwargs: try body.object("kwargs") ?? [:])
    let group = try body.text("taskset") == nil ? "group" : "taskset"
    // Times are the producer's local ones where it says so.
    try take(body, group: group, naive: try body.flag("utc", standard: true))
    try takeFollowing(body)
  }

  private mutating func take(
    _ reader: MemberReader, group name: String, naive: Bool
  ) throws(CeleryMessageError) {
    eta = try reader.moment("eta", naive: naive)
    expires = try reader.moment("expires", naive: naive)
    (timeLimit, softTimeLimit) = try reader.limits("timelimit")
    retries = try reader.count("retries") ?? 0
    group = try reader.text(name)
    groupIndex = try reader.count("group_index")
  }

  private mutating func takeFollowing(_ reader: MemberReader) throws(CeleryMessageError) {
    callbacks = try reader.signatures("callbacks")
    errbacks = try reader.signatures("errbacks")
    chain = try reader.signatures("chain")
    chord = try reader.signature("chord")
  }

  private mutating func take(_ properties: JSONObject) throws(CeleryMessageError) {
    let reader = MemberReader(properties)
    priority = reader.priority
    correlationID = try reader.text("correlation_id")
    replyTo = try reader.text("reply_to")
    deliveryTag = try reader.text("delivery_tag")
    let delivery = MemberReader(try reader.object("delivery_info") ?? [:])
    exchange = try delivery.text("exchange") ?? ""
    routingKey = try delivery.text("routing_key")
    otherProperties = properties.filter { !Self.ownProperties.contains($0.key) }
  }

  private static let ownHeaders: Set = [
    "lang", "task", "id", "shadow", "eta", "expires", "group", "group_index", "retries",
    "timelimit", "root_id", "parent_id", "argsrepr", "kwargsrepr", "origin", "ignore_result",
    "replaced_task_nesting", "stamped_headers", "stamps", "compression",
  ]

  private static let ownProperties: Set = [
    "correlation_id", "reply_to", "delivery_mode", "delivery_info", "priority", "body_encoding",
    "delivery_tag", "expiration",
  ]
}
