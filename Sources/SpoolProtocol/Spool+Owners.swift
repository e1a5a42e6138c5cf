// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// Owners and modes where queues have users of their own: what a task cannot reach, the kernel keeps from it.
///
/// | place                                             | owner                 | mode  |
/// | ------------------------------------------------- | --------------------- | ----- |
/// | the root, incoming, active, deferred, results, errors | the spool         | 0755  |
/// | hold, corrupt, log, cache, events, tmp            | the spool             | o=    |
/// | spool.toml, crontab; .lock; .trigger              | the spool             | o=; 0600; 0622 |
/// | state                                             | the spool             | 0755  |
/// | active/QUEUE@N                                    | the queue's user      | 0700  |
/// | deferred, results, errors, incoming, state /QUEUE | the queue's user      | 0700  |
/// | incoming/QUEUE with a drop_group                  | and its group         | 03730 |
///
/// What has its owner already keeps the group's rights that a person gave it.
extension Spool {
  private static let others: mode_t = 0o007
  /// Sticky, so that nobody removes what another one has made; members may make names and not list them.
  package static let dropPermissions: mode_t = 0o3730

  /// Opens the way to the queues, and shuts everything else to other users; returns what was changed.
  package func shutToOthers() throws(SystemError) -> [String] {
    var changed: [String] = []
    let ways =
      [layout.root] + [.incoming, .active, .deferred, .results, .errors].map(layout.directory)
    for path in ways {
      try change(path, &changed) { $0 | 0o755 }
    }
    if try files.status(of: layout.state)?.kind == .directory {
      try change(layout.state, &changed) { $0 | 0o755 }
    }
    let rest =
      [.hold, .corrupt].map(layout.directory) + [
        layout.log, layout.cache, layout.events, layout.temporary,
      ]
    for path in rest where try files.status(of: path)?.kind == .directory {
      try change(path, &changed) { $0 & 0o1000 == 0 ? $0 & ~Self.others : $0 }
    }
    let own: [(String, (mode_t) -> mode_t)] = [
      (layout.configuration, { $0 & ~Self.others }), (layout.crontab, { $0 & ~Self.others }),
      // Whoever can open it can lock it.
      (layout.dispatcherLock, { _ in 0o600 }),
      // Workers say "look".
      (layout.dispatcherTrigger, { _ in 0o622 }),
    ]
    for (path, permissions) in own {
      guard let file = try files.openIfPresent(path) else { continue }
      let now = try file.status().permissions
      guard now != permissions(now) else { continue }
      try file.setPermissions(permissions(now))
      changed.append(path)
    }
    return changed
  }

  private func change(
    _ path: String, _ changed: inout [String], _ permissions: (mode_t) -> mode_t
  ) throws(SystemError) {
    let directory = try DirectoryAccess(path)
    let now = directory.status.permissions
    guard now != permissions(now) else { return }
    try directory.setPermissions(permissions(now))
    changed.append(path)
  }

  /// Makes a queue's directories its user's, and opens its drops to its group; what is as it should be stays as it is.
  ///
  /// - Parameter isSeparated: some queue has a user of its own, so that the others' are shut to it.
  /// - Important: not while a worker of another user serves the queue.
  package func hand(
    _ queue: QueueName, to owner: QueueOwner, isSeparated: Bool
  ) throws(SystemError) {
    guard let spool = try files.status(of: layout.directory(of: .incoming)) else { return }
    let user = owner.account?.user ?? spool.owner
    let group = owner.account?.group ?? spool.group
    let places = [JobState.deferred, .results, .errors, .incoming].map {
      layout.directory(of: $0, queue)
    }
    // A task without a user of its own makes the last one itself, where it needs it.
    for path in places + (owner.account == nil ? [] : [layout.state(of: queue)]) {
      try files.makeDirectories(path)
      let directory = try DirectoryAccess(path)
      if directory.status.owner != user {
        try directory.setOwner(user: user, group: group)
        try directory.setPermissions(0o700)
      } else if isSeparated, directory.status.permissions & Self.others != 0 {
        try directory.setPermissions(directory.status.permissions & ~Self.others)
      }
    }
    for state in [JobState.hold, .corrupt] where isSeparated {
      let path = layout.directory(of: state, queue)
      guard try files.status(of: path)?.kind == .directory else { continue }
      var changed: [String] = []
      try change(path, &changed) { $0 & ~Self.others }
    }
    if let group = owner.dropGroup {
      try openDrops(layout.directory(of: .incoming, queue), to: group, spool)
    }
  }

  /// Lets the members of a group drop, and neither list nor read nor remove what others have dropped.
  package func openDrops(
    _ path: String, to group: gid_t, _ spool: FileStatus
  ) throws(SystemError) {
    let directory = try DirectoryAccess(path)
    let status = directory.status
    guard status.group != group || status.permissions != Self.dropPermissions else { return }
    if status.group != group { try directory.setOwner(user: status.owner, group: group) }
    // Where the file system has no such lists, a producer's umask decides who may read its drops.
    _ = try directory.makeDropsPrivate(readableBy: spool.owner == 0 ? nil : spool.owner)
    try directory.setPermissions(Self.dropPermissions)
  }

  /// Makes a worker's folder its user's.
  ///
  /// - Important: no worker of another user is at work in it, and its jobs are settled.
  package func handFolder(
    of worker: WorkerName, to account: Account, isSeparated: Bool
  ) throws(SystemError) {
    let folder = try DirectoryAccess(layout.folder(of: worker))
    let permissions = folder.status.permissions
    guard folder.status.owner != account.user else {
      guard isSeparated, permissions & Self.others != 0 else { return }
      return try folder.setPermissions(permissions & ~Self.others)
    }
    // What the one before left could not be opened, or would be another's.
    for path in [layout.lock(of: worker), layout.trigger(of: worker), layout.ownLog(of: worker)] {
      try files.removeTree(path)
    }
    try folder.setOwner(user: account.user, group: account.group)
    try folder.setPermissions(0o700)
  }
}
