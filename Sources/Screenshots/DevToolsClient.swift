// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// Chrome's DevTools protocol over a browser's pipe: calls with a time limit, and the events that come meanwhile.
final class DevToolsClient {
  private let pipe: DevToolsPipe
  private var lastCall = 0
  /// Calls somebody will ask for the answer of; those of others are dropped.
  private var awaited: [Int: String] = [:]
  private var answers: [Int: Result<[UInt8], DevToolsRefusal>] = [:]

  /// Told of every event, in their order.
  var listener: ((DevToolsEvent) -> Void)?
  /// Asked again and again while something is waited for: a reason to stop waiting.
  var objection: (() -> ScreenshotError?)?

  /// Between two questions for a reason to stop.
  private static let slice: Duration = .milliseconds(200)

  init(_ pipe: DevToolsPipe) { self.pipe = pipe }

  /// Sends a call whose answer nobody wants.
  func send(_ method: String, _ parameters: JSONValue = [:], session: String? = nil) {
    _ = write(method, parameters, session)
  }

  /// Sends a call whose answer will be asked for.
  func begin(_ method: String, _ parameters: JSONValue = [:], session: String? = nil) -> Int {
    let call = write(method, parameters, session)
    awaited[call] = method
    return call
  }

  private func write(_ method: String, _ parameters: JSONValue, _ session: String?) -> Int {
    lastCall += 1
    var message: JSONObject = [
      "id": .integer(lastCall), "method": .string(method), "params": parameters,
    ]
    if let session { message["sessionId"] = .string(session) }
    pipe.put(JSONValue.object(message).bytes)
    return lastCall
  }

  /// The bytes of a result.
  func call(
    _ method: String, _ parameters: JSONValue = [:], session: String? = nil,
    within time: Duration
  ) throws(ScreenshotError) -> [UInt8] {
    try answer(to: begin(method, parameters, session: session), before: Deadline(in: time))
  }

  func answer(to call: Int, before deadline: Deadline) throws(ScreenshotError) -> [UInt8] {
    let method = awaited[call] ?? "?"
    switch try result(of: call, before: deadline) {
    case nil: throw .hung(call: method)
    case .success(let bytes): return bytes
    case .failure(let refusal): throw .refused(call: method, reason: refusal.reason)
    }
  }

  /// What became of a call; nil when the time is over. It is asked for once.
  func result(
    of call: Int, before deadline: Deadline
  ) throws(ScreenshotError) -> Result<[UInt8], DevToolsRefusal>? {
    defer { awaited[call] = nil }
    _ = try wait(before: deadline) { answers[call] != nil }
    return answers.removeValue(forKey: call)
  }

  /// Waits until the condition holds.
  ///
  /// - Returns: false when the time is over before.
  func wait(
    before deadline: Deadline, until condition: () -> Bool
  ) throws(ScreenshotError) -> Bool {
    while true {
      if let objection = objection?() { throw objection }
      if condition() { return true }
      guard !deadline.hasPassed else { return false }
      try turn(min(deadline.rest, Self.slice))
    }
  }

  private func turn(_ time: Duration) throws(ScreenshotError) {
    do {
      for bytes in try pipe.turn(time) { take(bytes) }
    } catch {
      throw error.errno == .brokenPipe
        ? .browserEnded(reason: "its pipe is closed") : .system(error)
    }
  }

  private func take(_ bytes: [UInt8]) {
    switch DevToolsMessage(bytes) {
    case .answer(let id, let result): if awaited[id] != nil { answers[id] = result }
    case .event(let event): listener?(event)
    case nil: break
    }
  }
}

/// A moment up to which something is waited for, by a clock that nobody sets.
struct Deadline {
  private let moment: Int64

  init(in time: Duration) { moment = SystemClock.monotonic() &+ time.nanoseconds }

  var rest: Duration { .nanoseconds(max(0, moment - SystemClock.monotonic())) }
  var hasPassed: Bool { SystemClock.monotonic() >= moment }
  /// How long ago it passed.
  var age: Duration { .nanoseconds(SystemClock.monotonic() - moment) }
}
