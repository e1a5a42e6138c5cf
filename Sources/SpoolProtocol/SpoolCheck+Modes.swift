// SPDX-License-Identifier: MIT
import SystemCalls

/// Who may do what: modes that let others read, write or remove what is not theirs.
extension SpoolCheck {
  mutating func checkModes() throws(SystemError) {
    let isSeparated = try isSeparated()
    let ways = [JobState.incoming, .active, .deferred, .results, .errors].map(layout.directory)
    let rest =
      [JobState.hold, .corrupt].map(layout.directory) + [
        layout.log, layout.cache, layout.events, layout.temporary, layout.celery,
      ]
    for path in [layout.root] + ways { try checkMode(path) }
    for path in rest { try checkMode(path, isShut: isSeparated) }
    for state in JobState.allCases where state != .active {
      for queue in try queues(in: state) {
        try checkMode(layout.directory(of: state, queue), isShut: isSeparated)
      }
    }
    for worker in try workers() where try spool.isSeparate(worker) {
      let folder = layout.folder(of: worker)
      if let status = try spool.files.status(of: folder), status.permissions & 0o077 != 0 {
        find(folder, "is another user's and open to more users: its mode should be 700")
      }
    }
    try checkSecrets(isSeparated: isSeparated)
  }

  /// Whether a queue or a worker has a user of its own.
  private func isSeparated() throws(SystemError) -> Bool {
    for worker in try workers() where try spool.isSeparate(worker) { return true }
    guard let own = try spool.files.status(of: layout.directory(of: .incoming))?.owner else {
      return false
    }
    for queue in try queues(in: .incoming) {
      let directory = layout.directory(of: .incoming, queue)
      if let owner = try spool.files.status(of: directory)?.owner, owner != own { return true }
    }
    return false
  }

  /// None where the directory is missing or is none: that is found elsewhere.
  private func queues(in state: JobState) throws(SystemError) -> [QueueName] {
    let isThere = try kind(of: layout.directory(of: state)) == .directory
    return isThere ? try spool.queues(in: state) : []
  }

  private func workers() throws(SystemError) -> [WorkerName] {
    try kind(of: layout.directory(of: .active)) == .directory ? spool.workers() : []
  }

  /// - Parameter isShut: tasks of other users are about, who shall not look into it.
  private mutating func checkMode(_ path: String, isShut: Bool = false) throws(SystemError) {
    guard let status = try spool.files.status(of: path), status.kind == .directory else { return }
    let isSticky = status.permissions & 0o1000 != 0
    let isDrop = path.hasPrefix(layout.directory(of: .incoming) + "/") || path == layout.temporary
    if status.permissions & 0o002 != 0, !(isSticky && isDrop) {
      find(path, "can be written by everybody")
    } else if status.permissions & 0o020 != 0, isDrop, !isSticky, status.group != rootGroup {
      find(path, "has no sticky bit: its group can remove and exchange what others drop")
    }
    let isOpen = isDrop && isSticky ? 0o004 : 0o005
    if isShut, Int(status.permissions) & isOpen != 0 {
      find(path, "can be looked into by the users of all queues")
    }
  }

  private mutating func checkSecrets(isSeparated: Bool) throws(SystemError) {
    for path in [layout.configuration, layout.crontab] {
      guard let status = try spool.files.status(of: path), status.permissions & 0o004 != 0 else {
        continue
      }
      if try holdsPassword(path) {
        find(path, "holds a password and can be read by everybody")
      } else if isSeparated {
        find(path, "can be read by the users of all queues")
      }
    }
  }

  /// Whether one of its lines, comments left out, has a URL with a password in it: `scheme://user:password@host`.
  private func holdsPassword(_ path: String) throws(SystemError) -> Bool {
    guard let file = try spool.files.openIfPresent(path) else { return false }
    let text = String(decoding: try file.readAll(limit: 1 << 20), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).contains { line in
      guard line.first(where: { !$0.isWhitespace }) != "#",
        let start = line.firstRange(of: "://")?.upperBound
      else { return false }
      let rest = line[start...].prefix { !"\"' \t".contains($0) }
      guard let end = rest.lastIndex(of: "@") else { return false }
      return rest[..<end].contains(":")
    }
  }
}
