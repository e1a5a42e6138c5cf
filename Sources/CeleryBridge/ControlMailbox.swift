// SPDX-License-Identifier: MIT
import CeleryMessages
import SpoolProtocol
import SystemCalls

/// Where clients reach workers to revoke tasks: a mailbox of a worker of Celery's, of which only that is done.
struct ControlMailbox {
  private static let worker = "celery@spool"

  let files: any FileOperations
  /// Where messages lie.
  let folder: String
  /// Where it is written down which mailboxes there are.
  let control: String

  struct Revocation: Hashable {
    let taskID: String
    /// Whether a running task is to be ended as well.
    let terminates: Bool
  }

  /// From here on what clients tell all workers comes here, too.
  func register() throws(SystemError) {
    guard let name = CeleryExchange.fileName(of: CeleryExchange.controlName) else { return }
    try files.makeDirectories(control)
    let path = "\(control)/\(name)"
    let known = try files.openIfPresent(path)?.readAll() ?? []
    var exchange = (try? CeleryExchange(parsing: known)) ?? CeleryExchange([])
    for binding in CeleryExchange(mailboxOf: Self.worker).bindings { exchange.bind(binding) }
    guard exchange.bytes != known else { return }
    try files.publish(exchange.bytes, as: path)
  }

  /// What has come since; anything but a revocation is not answered, and its sender goes on without.
  func takeAll() throws(SystemError) -> [Revocation] {
    var revocations: [Revocation] = []
    let names = try files.names(in: folder).compactMap(CeleryFileName.init).sorted()
    for name in names where name.purpose == .control(worker: Self.worker) {
      let path = "\(folder)/\(name.name)"
      guard let file = try files.openIfPresent(path) else { continue }
      guard file.hasWriter() != true else { continue }
      let bytes = try file.readAll()
      do throws(CeleryMessageError) {
        let message = try CeleryControlMessage(parsing: bytes)
        revocations += message.revokedIDs.map {
          Revocation(taskID: $0, terminates: message.terminates)
        }
      } catch {
        // Still being written.
        if error == .incomplete { continue }
      }
      try files.unlinkIfPresent(path)
    }
    return revocations
  }
}
