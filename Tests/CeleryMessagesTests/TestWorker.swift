// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SystemCalls

/// As little of a worker as shows that the library is enough for one: one process, one task at a time, in a folder of its own.
struct TestWorker {
  private let files = SystemFiles()
  private let folder: String
  /// UUIDs that nobody else makes.
  private let newID = { () -> String in
    func digits(_ count: Int) -> String {
      String((0..<count).map { _ in "0123456789abcdef".randomElement() ?? "0" })
    }
    return [8, 4, 4, 4, 12].map(digits).joined(separator: "-")
  }

  init(folder: String) { self.folder = folder }

  private var origin: CelerySteps.Origin { CelerySteps.Origin(now: now, newID: newID) }
  private var now: CeleryInstant {
    CeleryInstant(microseconds: SystemClock.now().nanoseconds / 1000)
  }

  /// Runs what lies there now.
  func turn() throws {
    for name in try files.names(in: "\(folder)/q").compactMap(CeleryFileName.init).sorted()
    where name.purpose == .tasks {
      let path = "\(folder)/q/\(name.name)"
      do throws(CeleryMessageError) {
        let message = try CeleryMessage(parsing: bytes(path))
        guard message.eta.map({ $0 <= now }) ?? true, try run(message) else { continue }
      } catch {
        guard error == .incomplete else { throw error }
        continue
      }
      try files.unlink(path)
    }
  }

  private func bytes(_ path: String) -> [UInt8] {
    // What is not there any more is looked at in the next turn.
    do { return try files.contents(of: path) } catch { return [] }
  }

  /// False where it has to be looked at once more.
  private func run(_ message: CeleryMessage) throws(CeleryMessageError) -> Bool {
    if let unlock = try CeleryChordUnlock(message) { return try run(unlock, message) }
    switch message.task {
    case "app.mark":
      try succeed(message, ["args": .array(message.args), "kwargs": .object(message.kwargs)])
    case "app.oops": try succeed(message, message.args.first ?? .null)
    default:
      try fail(message, CeleryException(type: "Boom", arguments: ["no", 42], module: "app"))
    }
    return true
  }

  private func succeed(_ message: CeleryMessage, _ value: JSONValue) throws(CeleryMessageError) {
    let steps = try message.steps(after: value, from: origin)
    var result = CeleryResult.success(message.id, value, at: now).of(message)
    result.children = steps.children
    send(steps)
    store(result, of: message)
  }

  private func fail(
    _ message: CeleryMessage, _ exception: CeleryException
  ) throws(CeleryMessageError) {
    let traceback = "Traceback: \(exception)"
    for step in [message] + (try message.failingSteps()) {
      store(
        .failure(step.id, exception, traceback: traceback, at: now).of(step), of: step)
    }
    send(try message.errorSteps(from: origin))
  }

  private func run(
    _ unlock: CeleryChordUnlock, _ message: CeleryMessage
  ) throws(CeleryMessageError) -> Bool {
    switch unlock.state(result) {
    case .waiting: return false
    case .ready(let values): send(try unlock.steps(after: values, of: message, from: origin))
    case .failed(let id, let exception):
      for body in try unlock.failingSteps() {
        let error = CeleryChordUnlock.exception(because: id, exception)
        store(.failure(body.id, error, traceback: nil, at: now).of(body), of: body)
        send(try body.errorSteps(from: origin))
      }
    }
    return true
  }

  private func result(_ id: String) -> CeleryResult? {
    guard let name = CeleryResult.fileName(ofTask: id) else { return nil }
    // One that is not there yet is no result.
    do { return try CeleryResult(parsing: bytes("\(folder)/results/\(name)"), id: id) } catch {
      return nil
    }
  }

  private func store(_ result: CeleryResult, of message: CeleryMessage) {
    guard !message.ignoreResult, let name = CeleryResult.fileName(ofTask: result.id) else { return }
    var result = result
    result.extended = CeleryResult.Extended(of: message, worker: "celery@spool")
    write(result.bytes, to: "results/\(name)")
  }

  private func send(_ steps: CelerySteps) {
    for message in steps.messages {
      let moment = UInt64(SystemClock.monotonic() / 1_000_000)
      let queue = message.routingKey ?? CeleryMessage.defaultQueue
      guard let name = CeleryFileName(milliseconds: moment, uuid: newID(), queue: queue) else {
        continue
      }
      write(message.bytes(deliveryTag: newID()), to: "q/\(name.name)")
    }
  }

  private func write(_ bytes: [UInt8], to name: String) {
    // A folder that is gone is what the test finds out by itself.
    do {
      try files.write(bytes, to: files.open("\(folder)/new", .create))
      try files.replace("\(folder)/\(name)", with: "\(folder)/new")
    } catch { print("unable to write \(name): \(error)") }
  }
}
