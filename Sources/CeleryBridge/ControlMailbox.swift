// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolProtocol
import SystemCalls

/// Where clients reach workers, to revoke tasks and to ask what is going on: a mailbox as a worker of Celery's has one.
struct ControlMailbox {
  let files: any FileOperations
  let folder: MessageFolder
  /// Where it is written down which mailboxes there are.
  let control: String
  private var answers = 0

  init(files: any FileOperations, folder: MessageFolder, control: String) {
    self.files = files
    self.folder = folder
    self.control = control
  }

  private var worker: String { folder.worker }

  /// From here on what clients tell all workers comes here, too.
  func register() throws(SystemError) {
    guard let name = CeleryExchange.fileName(of: CeleryExchange.controlName) else { return }
    try files.makeDirectories(control)
    let path = "\(RealPath.of(control))/\(name)"
    let known = try files.openIfPresent(path)?.readAll() ?? []
    var exchange = (try? CeleryExchange(parsing: known)) ?? CeleryExchange([])
    for binding in CeleryExchange(mailboxOf: worker).bindings { exchange.bind(binding) }
    guard exchange.bytes != known else { return }
    try files.publish(exchange.bytes, as: path)
  }

  /// What has come since.
  func read(at now: Timestamp) throws(SystemError) -> [ControlOrder] {
    var orders: [ControlOrder] = []
    for name in folder.takeControl() {
      switch try folder.read(name.name, at: now) {
      case .gone: continue
      case .notYet: folder.keepControl(name)
      case .bytes(let bytes, _, _, let settlesAt):
        do throws(CeleryMessageError) {
          orders.append(
            ControlOrder(
              message: try CeleryControlMessage(parsing: bytes), worker: worker, name: name.name))
        } catch {
          // Still being written.
          if error == .incomplete, now < settlesAt {
            folder.keepControl(name)
          } else {
            folder.reject(name.name, because: error.description)
          }
        }
      }
    }
    return orders
  }

  /// Where the client has said that it waits for answers; it takes its question back itself when it has waited enough.
  mutating func answer(_ order: ControlOrder, with value: JSONValue) throws(SystemError) {
    answers += 1
    guard let exchange = order.message.replyExchange, let key = order.message.replyRoutingKey,
      let file = CeleryExchange.fileName(of: exchange),
      let answer = order.message.answer(
        value, of: worker, deliveryTag: Self.uuid(), clock: answers),
      let known = try files.openIfPresent("\(control)/\(file)")?.readAll(),
      let table = try? CeleryExchange(parsing: known)
    else { return }
    let milliseconds = UInt64(SystemClock.monotonic() / 1_000_000)
    for queue in table.queues(for: key) {
      guard
        let name = CeleryFileName(milliseconds: milliseconds, uuid: Self.uuid(), queue: queue),
        name.purpose == .replies
      else { continue }
      try files.publish(answer, as: "\(folder.path)/\(name.name)")
    }
  }

  /// - Important: only what was done: after a crash it is read again.
  func remove(_ order: ControlOrder) throws(SystemError) {
    try files.unlinkIfPresent("\(folder.path)/\(order.name)")
  }

  private static func uuid() -> String {
    func digits(_ count: Int) -> String {
      let text = String(UInt64.random(in: 0...(.max)), radix: 16)
      return String((String(repeating: "0", count: 16) + text).suffix(count))
    }
    return [8, 4, 4, 4, 12].map(digits).joined(separator: "-")
  }
}

/// What a client tells workers, or asks them.
struct ControlOrder: Hashable {
  let message: CeleryControlMessage
  let isForUs: Bool
  /// The message's name.
  let name: String

  init(message: CeleryControlMessage, worker: String, name: String) {
    self.message = message
    self.name = name
    isForUs = message.destination?.contains(worker) ?? true
  }

  var revokedIDs: [String] { isForUs ? message.revokedIDs : [] }
  var terminates: Bool { message.terminates }

  /// Whether its sender waits for an answer, still.
  func isQuestion(at now: Timestamp) -> Bool {
    isForUs && message.ticket != nil && (message.expires.map { $0 > now.seconds } ?? true)
  }
}
