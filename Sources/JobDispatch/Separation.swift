// SPDX-License-Identifier: MIT
import Glibc
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// Which users the queues have, and what this process can do about it.
struct Separation {
  /// Nil where the process can act for nobody but itself.
  let linkGuard: LinkGuard?
  /// Whether queues can have users of their own, and may have had.
  let canActForOthers: Bool
  /// The process itself, as the owner of what it makes.
  let own: Account
  /// By what spool.toml calls them.
  private let accounts: [Names: Account]
  private let dropGroups: [String: gid_t]
  private let settings: SpoolSettings
  private let known: AccountFiles

  private struct Names: Hashable {
    let user: String
    let group: String?
  }

  /// - Parameter path: of spool.toml, for messages.
  /// - Throws: for a name that nobody has, and where this process cannot become that user.
  init(
    _ settings: SpoolSettings, path: String, _ privileges: Privileges, _ known: AccountFiles
  ) throws(SettingsError) {
    self.settings = settings
    self.known = known
    linkGuard = privileges.readsEverything ? .current() : nil
    canActForOthers = privileges.canActForOthers
    own = Account(user: privileges.user, group: getegid())
    var accounts: [Names: Account] = [:]
    var dropGroups: [String: gid_t] = [:]
    let tables = [("defaults", settings.defaults)] + settings.queues.map { ("queues.\($0)", $1) }
    for (table, queue) in tables {
      if let name = queue.dropGroup {
        guard let group = known.group(name) else {
          throw .wrongValue(
            path: path, key: "\(table).drop_group", expected: "a group of /etc/group or a number")
        }
        dropGroups[name] = group
      }
      guard let user = queue.user else { continue }
      let key = "\(table).user"
      guard let account = known.account(user, group: queue.group) else {
        throw .wrongValue(
          path: path, key: key, expected: "a user of /etc/passwd or a number, with such a group")
      }
      if account.user == privileges.user { continue }
      guard account.user != 0 else {
        throw .wrongValue(path: path, key: key, expected: "a user other than root")
      }
      guard privileges.canActForOthers else {
        throw .wrongValue(
          path: path, key: key, expected: "the user that spoold runs as; \(Self.whoCan)")
      }
      accounts[Names(user: user, group: queue.group)] = account
    }
    self.accounts = accounts
    self.dropGroups = dropGroups
  }

  private static let whoCan =
    "only root, or who has CAP_SETUID, CAP_SETGID, CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER and CAP_KILL, can run tasks as another one"

  /// Whether some queue has a user of its own.
  var isOn: Bool { !accounts.isEmpty }

  subscript(queue: QueueName) -> QueueOwner {
    let queue = settings[queue.text]
    let account = queue.user.flatMap { accounts[Names(user: $0, group: queue.group)] }
    return QueueOwner(account: account, dropGroup: queue.dropGroup.flatMap { dropGroups[$0] })
  }

  /// Of all queues that say nothing else; also of tmp/.
  var dropGroup: gid_t? { settings.defaults.dropGroup.flatMap { dropGroups[$0] } }

  /// A user that a queue has, or had before spool.toml was changed.
  func account(numbered user: uid_t) -> Account {
    accounts.values.first { $0.user == user } ?? known.account("\(user)")
      ?? Account(user: user, group: gid_t(user))
  }

  /// Who runs the workers of a queue.
  func account(of queue: QueueName) -> Account { self[queue].account ?? own }
}
