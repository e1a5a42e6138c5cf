// SPDX-License-Identifier: MIT
import CeleryMessages
import SpoolProtocol
import SystemCalls

/// Where clients reach workers to revoke tasks: a mailbox of a worker of Celery's, of which only that is done.
struct ControlMailbox {
  static let worker = "celery@spool"

  let files: any FileOperations
  let folder: MessageFolder
  /// Where it is written down which mailboxes there are.
  let control: String

  struct Revocation: Hashable {
    let taskIDs: [String]
    /// Whether a running task is to be ended as well.
    let terminates: Bool
    /// The message's name.
    let name: String
  }

  /// From here on what clients tell all workers comes here, too.
  func register() throws(SystemError) {
    guard let name = CeleryExchange.fileName(of: CeleryExchange.controlName) else { return }
    try files.makeDirectories(control)
    let path = "\(RealPath.of(control))/\(name)"
    let known = try files.openIfPresent(path)?.readAll() ?? []
    var exchange = (try? CeleryExchange(parsing: known)) ?? CeleryExchange([])
    for binding in CeleryExchange(mailboxOf: Self.worker).bindings { exchange.bind(binding) }
    guard exchange.bytes != known else { return }
    try files.publish(exchange.bytes, as: path)
  }

  /// What has come since; anything but a revocation is not answered, and its sender goes on without.
  func read(at now: Timestamp) throws(SystemError) -> [Revocation] {
    var revocations: [Revocation] = []
    for name in folder.control {
      guard case .bytes(let bytes, _, _, let settlesAt) = try folder.read(name.name, at: now) else {
        continue
      }
      do throws(CeleryMessageError) {
        let message = try CeleryControlMessage(parsing: bytes)
        let isForUs = message.destination?.contains(Self.worker) ?? true
        revocations.append(
          Revocation(
            taskIDs: isForUs ? message.revokedIDs : [], terminates: message.terminates,
            name: name.name))
      } catch {
        // Still being written.
        if error == .incomplete, now < settlesAt { continue }
        folder.reject(name.name, because: error.description)
      }
    }
    return revocations
  }

  /// - Important: only what was done: after a crash it is read again.
  func remove(_ revocation: Revocation) throws(SystemError) {
    try files.unlinkIfPresent("\(folder.path)/\(revocation.name)")
  }
}
