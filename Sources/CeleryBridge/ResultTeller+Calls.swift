// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolProtocol
import SystemCalls

/// Tasks of Celery's own that call others: `celery.map`, `celery.starmap`, `celery.chunks`.
///
/// Each call is a job, and the next one is accepted when the one before has ended, as a chain's next link is: of a whole that
/// is under way one call is always kept beside it.
extension ResultTeller {
  /// Takes a message that is kept, and is no job.
  mutating func adopt(_ message: CeleryMessage, _ id: JobID) throws(SystemError) {
    if unlocks.take(message, id) { return }
    if let call = try? CeleryMapCall(message) {
      return try goOn(call, of: message, id, after: 0)
    }
    if let call = try? CeleryChunksCall(message) { try send(call, of: message, id) }
  }

  /// Whether a message is one of those that are no job and no chord's second half.
  static func callsOthers(_ message: CeleryMessage) -> Bool {
    (try? CeleryMapCall(message)) != nil || (try? CeleryChunksCall(message)) != nil
  }

  private mutating func send(
    _ call: CeleryChunksCall, of message: CeleryMessage, _ id: JobID
  ) throws(SystemError) {
    try succeed(message, id) { origin throws(CeleryMessageError) in
      let steps = try call.steps(of: message, from: origin)
      return (steps.children.last?.json ?? .null, steps)
    }
  }

  /// Bytes: the ids of calls have the whole's and a number, and perhaps another one behind it.
  private static let longestID = NameRule.byteLimit - 20

  private mutating func goOn(
    _ call: CeleryMapCall, of message: CeleryMessage, _ id: JobID, after number: Int
  ) throws(SystemError) {
    guard !isRevoked(message.id) else {
      return try end(message, id, with: .revoked(message.id, "revoked", at: .now))
    }
    guard id.text.utf8.count <= Self.longestID else {
      let objection = CeleryException.taskError("its id is too long for ids of its calls")
      return try end(
        message, id, with: .failure(message.id, objection, traceback: nil, at: .now))
    }
    if number < call.calls.count {
      let next = call.call(number + 1, of: message, keptAs: id.text)
      return try send([next], from: try origin(id))
    }
    var values: [JSONValue] = []
    for number in stride(from: 1, through: call.calls.count, by: 1) {
      guard let value = try value(of: call.call(number, of: message, keptAs: id.text), id) else {
        let lost = CeleryException.taskError("the result of call \(number) is gone")
        return try end(
          message, id, with: .failure(message.id, lost, traceback: nil, at: .now))
      }
      values.append(value)
    }
    try succeed(message, id, .array(values))
  }

  /// What a call has come to, under the id that it got: what is older than the whole is another's.
  private func value(of call: CeleryMessage, _ whole: JobID) throws(SystemError) -> JSONValue? {
    guard let queue = QueueName(call.task) else { return nil }
    let since = try origin(whole).since
    var number = 1
    while true {
      let id = number == 1 ? call.jobID : call.jobID.numbered(number)
      let path = spool.layout.result(id, in: queue)
      guard let file = try spool.files.openIfPresent(path) else { return nil }
      if try file.status().modified >= since {
        return (try? JSONValue(parsing: try file.readAll())) ?? .null
      }
      number += 1
    }
  }

  /// One call is done: the next one has its turn.
  mutating func goOn(after part: CeleryMapCall.Part) throws(SystemError) {
    guard let (message, id) = try whole(of: part),
      let call = try? CeleryMapCall(message), part.number <= call.calls.count
    else { return }
    try goOn(call, of: message, id, after: part.number)
  }

  /// One call has ended otherwise, and so does the whole; what comes after it is not called.
  mutating func end(
    _ part: CeleryMapCall.Part, with result: CeleryResult
  ) throws(SystemError) {
    guard let (message, id) = try whole(of: part) else { return }
    var same = result
    same.id = message.id
    same.children = []
    try end(message, id, with: same)
  }

  /// Nil where it has ended.
  func whole(of part: CeleryMapCall.Part) throws(SystemError) -> (CeleryMessage, JobID)? {
    guard let id = JobID(part.whole), let message = try message(of: id) else { return nil }
    return (message, id)
  }

  /// The calls of a whole that stand, where this is one: none or one, but after a crash.
  func calls(of message: CeleryMessage, _ id: JobID) throws(SystemError) -> [JobID]? {
    guard let call = try? CeleryMapCall(message) else { return nil }
    guard !call.calls.isEmpty else { return [] }
    let first = call.call(1, of: message, keptAs: id.text).jobID
    // All but the number.
    let stem = first.text.dropLast()
    return try spool.files.names(in: spool.layout.celery).compactMap(SpoolLayout.id(ofMessage:))
      .filter { $0.text.hasPrefix(stem) }
  }
}
