// SPDX-License-Identifier: MIT
import JSONValues

/// The call of `celery.map` or `celery.starmap`: one task for each item of a list, one after another, and a list of results.
///
/// `chunks` sends some of them, each with a part of the list.
package struct CeleryMapCall: Hashable, Sendable {
  package let task: String
  /// The arguments of each call.
  package let calls: [[JSONValue]]

  static let starmap = "celery.starmap"

  /// Nil for any other task's message.
  package init?(_ message: CeleryMessage) throws(CeleryMessageError) {
    guard ["celery.map", Self.starmap].contains(message.task) else { return nil }
    let parts = try MappedParts(message)
    // Of the signature its task alone counts, as in Celery.
    task = parts.signature.task
    guard message.task == Self.starmap else {
      calls = parts.items.map { [$0] }
      return
    }
    calls = parts.items.compactMap(\.arrayValue)
    guard calls.count == parts.items.count else {
      throw .badMember("it", expected: "a list of lists")
    }
  }

  /// The message of one of its calls, the first being 1, for whoever keeps the whole under this name.
  package func call(_ number: Int, of message: CeleryMessage, keptAs whole: String) -> CeleryMessage
  {
    var call = CeleryMessage(
      task: task, id: "\(whole).call\(number)", args: calls[number - 1])
    call.rootID = message.rootID ?? message.id
    call.parentID = message.id
    call.timeLimit = message.timeLimit
    call.softTimeLimit = message.softTimeLimit
    call.priority = message.priority
    call.exchange = message.exchange
    call.routingKey = message.routingKey
    // Nobody knows its id.
    call.ignoreResult = true
    call.otherHeaders[Part.header] = [.string(whole), .integer(number)]
    // When the whole may begin is when its first call may.
    guard number == 1 else { return call }
    (call.eta, call.expires) = (message.eta, message.expires)
    return call
  }

  /// Which call of which whole a message is.
  package struct Part: Hashable, Sendable {
    package let whole: String
    package let number: Int

    static let header = "spool_call"

    /// Nil for a message that is none.
    package init?(_ message: CeleryMessage) {
      guard let header = message.otherHeaders[Self.header]?.arrayValue, header.count == 2,
        let whole = header[0].stringValue, let number = header[1].integerValue, number > 0
      else { return nil }
      self.whole = whole
      self.number = number
    }
  }
}

/// The call of `celery.chunks`, as a chain has one: it sends a group of calls of `celery.starmap`, and that group is its result.
package struct CeleryChunksCall: Hashable, Sendable {
  private let group: CelerySignature

  /// Nil for any other task's message.
  package init?(_ message: CeleryMessage) throws(CeleryMessageError) {
    guard message.task == "celery.chunks" else { return nil }
    let parts = try MappedParts(message)
    let size = message.kwargs["n"]?.integerValue ?? message.args.dropFirst(2).first?.integerValue
    guard let size, size > 0 else { throw .badMember("n", expected: "a count") }
    let starts = stride(from: 0, to: parts.items.count, by: size)
    group = CelerySignature(
      group: starts.map { start in
        let items = parts.items[start..<min(start + size, parts.items.count)]
        return CelerySignature(
          task: CeleryMapCall.starmap,
          kwargs: ["task": parts.signature.json, "it": .array(Array(items))], isImmutable: true)
      })
  }

  /// What it sends; the group is the last of the children.
  package func steps(
    of message: CeleryMessage, from origin: CelerySteps.Origin
  ) throws(CeleryMessageError) -> CelerySteps {
    try StepPlanner(origin, parent: message).plan(group, []).steps
  }
}

/// What the calls of several items have in common, by name or by position.
private struct MappedParts {
  let signature: CelerySignature
  let items: [JSONValue]

  init(_ message: CeleryMessage) throws(CeleryMessageError) {
    let named = MemberReader(message.kwargs)
    guard let task = message.kwargs["task"] ?? message.args.first else {
      throw .badMember("task", expected: "a signature")
    }
    signature = try CelerySignature(task, in: "task")
    let list = try named.array("it") ?? message.args.dropFirst().first?.arrayValue
    guard let list else { throw .badMember("it", expected: "a list") }
    items = list
  }
}
