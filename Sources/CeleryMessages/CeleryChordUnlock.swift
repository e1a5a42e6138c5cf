// SPDX-License-Identifier: MIT
import JSONValues

/// The call of `celery.chord_unlock`: by it a chord goes on where the result backend has no counters, as that of files.
///
/// Whoever sends a chord sends this beside the header; its worker looks for the header's results and, as long as one is
/// missing, puts it back for a second later.
package struct CeleryChordUnlock: Hashable, Sendable {
  package let group: String
  package let body: CelerySignature
  /// The results of the header, in its order.
  package let results: [CeleryNode]
  /// Seconds between two looks; the application's setting (1) where nothing is given.
  package let interval: Double?
  /// How often to look; for ever where nothing is given.
  package let retryLimit: Int?

  package static let task = "celery.chord_unlock"

  /// Nil for any other task's message.
  package init?(_ message: CeleryMessage) throws(CeleryMessageError) {
    guard message.task == Self.task else { return nil }
    guard message.args.count >= 2, let group = message.args[0].stringValue else {
      throw .badMember("args", expected: "a group's id and a chord's body")
    }
    self.group = group
    body = try CelerySignature(message.args[1], in: "args")
    let options = MemberReader(message.kwargs)
    results = try CeleryNode.list(try options.array("result") ?? [])
    interval = message.kwargs["interval"]?.doubleValue
    retryLimit = try options.count("max_retries")
  }

  /// What the header has come to.
  package enum State: Hashable, Sendable {
    /// Not all of them are there yet.
    case waiting
    /// The list that the body is called with.
    case ready(JSONValue)
    /// One of them failed or was revoked, and so the body fails.
    case failed(id: String, CeleryException)
  }

  /// - Parameter find: the result that is stored for an id, or nil.
  package func state(_ find: (String) -> CeleryResult?) -> State {
    var failure: (String, CeleryException)?
    guard let values = Self.values(of: results, find, &failure) else { return .waiting }
    if let (id, exception) = failure { return .failed(id: id, exception) }
    return .ready(.array(values))
  }

  private static func values(
    of nodes: [CeleryNode], _ find: (String) -> CeleryResult?,
    _ failure: inout (String, CeleryException)?
  ) -> [JSONValue]? {
    var values: [JSONValue] = []
    for node in nodes {
      if case .group(_, let members, _) = node {
        guard let inner = self.values(of: members, find, &failure) else { return nil }
        values.append(.array(inner))
        continue
      }
      guard let result = find(node.id), result.state.isReady else { return nil }
      if result.state != .success, failure == nil {
        failure = (node.id, result.exception ?? CeleryException(type: "Exception"))
      }
      values.append(result.value)
    }
    return values
  }

  /// The body's call, and in a chord's body that is a chain all that belongs to it.
  ///
  /// - Parameter message: the one that this was read from, which is the parent.
  package func steps(
    after values: JSONValue, of message: CeleryMessage, from origin: CelerySteps.Origin
  ) throws(CeleryMessageError) -> CelerySteps {
    try StepPlanner(origin, parent: message).plan(body, [values]).steps
  }

  /// What fails where a part of the header did: the body, and what comes after it, each with its own errbacks.
  package func failingSteps() throws(CeleryMessageError) -> [CeleryMessage] {
    var steps: [CeleryMessage] = []
    for signature in body.finals {
      let step = try signature.failingMessage()
      steps += [step] + (try step.failingSteps())
    }
    return steps
  }

  /// What the body fails with where a part of the header did.
  package static func exception(
    because id: String, _ exception: CeleryException
  ) -> CeleryException {
    CeleryException(
      type: "ChordError", arguments: [.string("Dependency \(id) raised \(exception)")],
      module: "celery.exceptions")
  }

  static func signature(
    group: String, body: CelerySignature, results: [CeleryNode]
  ) -> CelerySignature {
    var options: JSONObject = ["countdown": 1, "ignore_result": true]
    if let queue = body.queue { options["queue"] = .string(queue) }
    return CelerySignature(
      task: task, args: [.string(group), body.json],
      kwargs: [
        "interval": .null, "max_retries": .null, "result": .array(results.map(\.json)),
      ], options: options)
  }
}
