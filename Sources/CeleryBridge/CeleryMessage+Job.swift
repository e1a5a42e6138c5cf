// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolProtocol
import SystemCalls

/// Why a message of Celery's cannot be a job here.
enum CeleryJobError: Error, Hashable, CustomStringConvertible {
  case message(CeleryMessageError)
  case noQueue(String)

  var description: String {
    switch self {
    case .message(let error): error.description
    case .noQueue(let task): "no queue can have the name of its task, '\(task)'"
    }
  }

  /// What the client is told: of a task that nobody has, what Celery's workers say.
  func result(of message: CeleryMessage) -> CeleryResult {
    let exception: CeleryException =
      switch self {
      case .noQueue: .notRegistered(message.task)
      case .message: .taskError("\(self)")
      }
    return .failure(message.id, exception, traceback: nil, at: .now)
  }
}

extension CeleryException {
  static func notRegistered(_ task: String) -> CeleryException {
    CeleryException(
      type: "NotRegistered", arguments: [.string(task)], module: "celery.exceptions")
  }

  /// What no task has said of itself.
  static func taskError(_ text: String) -> CeleryException {
    CeleryException(type: "TaskError", arguments: [.string(text)], module: "superset_spool")
  }
}

extension CeleryMessage {
  /// As what the spool takes it.
  ///
  /// - Parameters:
  ///   - hasResults: whether clients look for results.
  ///   - options: names of those of its options that are arguments.
  ///   - since: nothing that came of it is older.
  func message(
    from source: Message.Source, hasResults: Bool, options: [String] = [], since: Timestamp
  ) throws(CeleryJobError) -> Message {
    guard let queue = QueueName(task) else { throw .noQueue(task) }
    let isCelerys: Bool
    do { isCelerys = try isCelerysOwn } catch { throw .message(error) }
    let goesOn =
      !callbacks.isEmpty || !errbacks.isEmpty || !chain.isEmpty || CeleryMapCall.Part(self) != nil
    return Message(
      source: source, id: jobID, queue: queue, attempt: firstAttempt,
      job: isCelerys ? nil : JSONValue.object(envelope(options)).bytes + [UInt8(ascii: "\n")],
      isKept: isCelerys || goesOn || (hasResults && hasResult), since: since)
  }

  /// Whether it is one of Celery's own tasks, that are no executable of anybody's: they call others.
  private var isCelerysOwn: Bool {
    get throws(CeleryMessageError) {
      guard task.hasPrefix("celery.") else { return false }
      if try CeleryChordUnlock(self) != nil { return true }
      if try CeleryMapCall(self) != nil { return true }
      return try CeleryChunksCall(self) != nil
    }
  }

  /// Whether its result is kept for somebody: a chord needs those of its header, whether clients want them or not.
  var hasResult: Bool { !ignoreResult || chord != nil }

  /// Its own id, which is a UUID unless its client has chosen another one; what no file can be called is written otherwise.
  var jobID: JobID {
    if let id = JobID(id), JobName(fileName: "\(id).json")?.id == id { return id }
    var text = "celery"
    for byte in id.utf8.prefix(60) {
      text += "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    guard let made = JobID(text) else { preconditionFailure("a bad id: \(text)") }
    return made
  }

  /// A client that counts tries goes on counting here.
  var firstAttempt: Int { min(retries, Self.countedRetries) + 1 }

  private static let countedRetries = 1000

  private func envelope(_ options: [String]) -> JSONObject {
    var members: JSONObject = ["task": .string(task)]
    if !args.isEmpty { members["args"] = .array(args) }
    let given = otherProperties.filter { options.contains($0.key) && !$0.value.isNull }
    members["kwargs"] = .object(kwargs.merging(given) { own, _ in own })
    if let eta { members["eta"] = .string(eta.isoformat) }
    if let expires { members["expires"] = .string(expires.isoformat) }
    // kombu writes 0 where nothing was given.
    if priority > 0 { members["priority"] = .integer(min(priority, 9)) }
    // To Celery's workers 0 is no limit either.
    if let softTimeLimit, softTimeLimit > 0 {
      members["soft_time_limit"] = .double(softTimeLimit)
    }
    if let timeLimit, timeLimit > 0 { members["time_limit"] = .double(timeLimit) }
    return members
  }
}
