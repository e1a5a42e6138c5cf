// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

/// What `spool submit` is told to write into a job's envelope; a bare job becomes one by it.
package struct EnvelopeOptions {
  package var priority: Int?
  package var retries: Int?
  /// ISO 8601.
  package var eta: String?
  /// Seconds from now, instead of an eta.
  package var countdown: Double?
  /// ISO 8601, or seconds.
  package var expires: String?
  package var unique: String?
  /// The contents of files: an envelope each, or a list of them.
  package var then: [(source: String, bytes: [UInt8])] = []

  package init() {}

  /// The job with these members; the bytes themselves where nothing is asked for.
  func envelope(
    _ bytes: [UInt8], for queue: QueueName, at now: Timestamp
  ) throws(CommandError) -> [UInt8] {
    let members = try members(at: now)
    // What is no object will be refused as it is.
    guard !members.isEmpty, var envelope = (try? JSONValue(parsing: bytes))?.objectValue else {
      return bytes
    }
    guard envelope["task"] != nil else { return Self.bare(bytes, queue, members) }
    let steps = envelope["then"]?.arrayValue ?? []
    for (name, value) in members { envelope[name] = value }
    if case .array(let more)? = members["then"] { envelope["then"] = .array(steps + more) }
    return JSONValue.object(envelope).bytes
  }

  /// The keyword arguments stay as they are, so that no number is written otherwise than it was.
  private static func bare(
    _ bytes: [UInt8], _ queue: QueueName, _ members: JSONObject
  ) -> [UInt8] {
    var envelope: JSONObject = ["task": .string(queue.text)]
    for (name, value) in members { envelope[name] = value }
    return JSONValue.object(envelope).bytes.dropLast() + Array(#","kwargs":"#.utf8) + bytes
      + Array("}".utf8)
  }

  private func members(at now: Timestamp) throws(CommandError) -> JSONObject {
    let eta = countdown.map { (now + .seconds($0)).iso8601 } ?? eta
    let members: JSONObject = [
      "priority": priority.map(JSONValue.integer) ?? .null,
      "retries": retries.map(JSONValue.integer) ?? .null,
      "eta": eta.map(JSONValue.string) ?? .null,
      "expires": expires.map(Self.expiry) ?? .null,
      "unique": unique.map(JSONValue.string) ?? .null,
      "then": then.isEmpty ? .null : .array(try steps()),
    ]
    return members.filter { !$0.value.isNull }
  }

  private static func expiry(_ text: String) -> JSONValue {
    if let seconds = Int(text) { return .integer(seconds) }
    guard let seconds = Double(text), seconds.isFinite else { return .string(text) }
    return .double(seconds)
  }

  private func steps() throws(CommandError) -> [JSONValue] {
    var steps: [JSONValue] = []
    for (source, bytes) in then {
      do {
        let content = try JSONValue(parsing: bytes)
        steps += content.arrayValue ?? [content]
      } catch {
        throw .badJob(source: source, reason: "\(error)")
      }
    }
    return steps
  }
}
