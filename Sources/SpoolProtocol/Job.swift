// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// What a job's file says: the arguments of its task, and, in an envelope, how it wants to be run.
package struct Job: Hashable, Sendable {
  /// The queue that an envelope names; a bare object leaves it to the directory.
  package var task: QueueName?
  /// The id that an envelope asks for where its name does not tell: in `then`, and to `spool submit`.
  package var id: JobID?
  /// True where the file's content is itself the keyword arguments.
  package var isBare: Bool
  package var keywordArguments: JSONObject
  package var positionalArguments: [JSONValue]
  package var eta: Timestamp?
  package var expires: Expiry?
  /// 0 to 9, 9 first.
  package var priority: Int
  /// How many more tries are allowed; nil leaves it to the queue.
  package var retries: Int?
  /// Seconds.
  package var softTimeLimit: Double?
  /// Seconds.
  package var timeLimit: Double?
  package var unique: String?
  /// Envelopes to enqueue after success.
  package var then: [JSONObject]

  package enum Expiry: Hashable, Sendable {
    case at(Timestamp)
    case after(Duration)
  }

  /// More than anybody lives to see are taken for so many.
  private static let retryLimit = 1_000_000_000

  /// What stands where nothing is given; the middle of 0 to 9.
  package static let defaultPriority = 4

  /// Reads a whole file's content.
  ///
  /// - Throws: ``JobFormatError``; `incomplete` where more bytes could make it a job.
  package init(parsing bytes: [UInt8]) throws(JobFormatError) {
    try self.init(bytes) { bytes throws(JSONError) in try JSONValue(parsing: bytes) }
  }

  /// As ``init(parsing:)``, but without the arguments: how the job wants to be run, whatever its size, in little memory.
  package init(skimming bytes: [UInt8]) throws(JobFormatError) {
    try self.init(bytes) { bytes throws(JSONError) in
      try JSONValue(skimming: bytes, for: Self.skim)
    }
  }

  private static let skim = JSONSkim(
    whole: [
      "task", "id", "eta", "expires", "priority", "retries", "soft_time_limit", "time_limit",
      "unique", "then",
    ],
    hollow: ["kwargs", "args"], decisive: "task", limit: 100_000)

  private init(
    _ bytes: [UInt8], reading read: ([UInt8]) throws(JSONError) -> JSONValue
  ) throws(JobFormatError) {
    let value: JSONValue
    do {
      value = try read(bytes)
    } catch {
      // Whatever follows a bracket, a digit or a quote, it will be no object.
      if let first = bytes.first(where: { !" \t\r\n".utf8.contains($0) }),
        first != UInt8(ascii: "{"), error.kind == .incomplete
      {
        throw .notAnObject
      }
      throw error.kind == .incomplete ? .incomplete : .notJSON(error)
    }
    guard case .object(let members) = value else { throw .notAnObject }
    try self.init(members)
  }

  /// Reads an envelope (an object with a `task`) or takes the object as keyword arguments.
  package init(_ members: JSONObject) throws(JobFormatError) {
    guard members["task"] != nil else {
      self.init(bare: members)
      return
    }
    self.init(bare: [:])
    isBare = false
    let reader = EnvelopeReader(members)
    task = try reader.queue("task")
    id = try reader.id("id")
    keywordArguments = try reader.object("kwargs") ?? [:]
    positionalArguments = try reader.array("args") ?? []
    eta = try reader.moment("eta")
    expires = try reader.expiry("expires")
    priority = try reader.integer("priority", in: 0...9) ?? Self.defaultPriority
    retries = try reader.integer("retries", in: 0...Int.max).map { min($0, Self.retryLimit) }
    softTimeLimit = try reader.seconds("soft_time_limit")
    timeLimit = try reader.seconds("time_limit")
    unique = try reader.text("unique")
    then = try reader.envelopes("then")
  }

  private init(bare members: JSONObject) {
    isBare = true
    keywordArguments = members
    positionalArguments = []
    priority = Self.defaultPriority
    then = []
  }

  /// What the task reads on its standard input; positional arguments come as the member `args`.
  package var input: JSONObject {
    var input = keywordArguments
    if !isBare, !positionalArguments.isEmpty { input["args"] = .array(positionalArguments) }
    return input
  }
}

/// Why a file's content is no job.
package enum JobFormatError: Error, Hashable, CustomStringConvertible {
  /// It ends too early; its producer may still be writing.
  case incomplete
  case notJSON(JSONError)
  case notAnObject
  case badMember(String, expected: String)

  package var description: String {
    switch self {
    case .incomplete: "truncated: the JSON ends too early"
    case .notJSON(let error): error.description
    case .notAnObject: "JSON, but not an object"
    case .badMember(let name, let expected): "the envelope's member '\(name)' is not \(expected)"
    }
  }
}
