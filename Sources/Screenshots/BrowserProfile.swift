// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// The directory that one browser keeps its files in; removed with it, or by whoever finds its owner dead.
final class BrowserProfile {
  private static let prefix = "spool-browser-"
  private static let aside = ".new"
  private static let group = "group"
  /// Nobody takes longer from making a directory to locking and naming it.
  private static let makingTime: Duration = .seconds(600)

  private let files = SystemFiles()
  private let place: String
  /// Held while this process lives.
  private var lock: LifeLock?

  /// Where the browser writes.
  var path: String { "\(place)/profile" }

  /// - Parameter account: whose the inner directory becomes; nil for this process's own user.
  init(in directory: String, for account: Account?) throws(SystemError) {
    let name = "\(Self.prefix)\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    place = "\(directory)/\(name)"
    let hidden = "\(directory)/.\(name)\(Self.aside)"
    try files.makeDirectory(hidden)
    do {
      // The browser passes through, and sees nothing else.
      try files.open(hidden, .read).setPermissions(0o711)
      lock = try LifeLock.take("\(hidden)/lock")
      try files.makeDirectory("\(hidden)/profile")
      let inner = try files.open("\(hidden)/profile", .read)
      try inner.setPermissions(0o700)
      if let account { try files.giveAway(inner, to: account) }
      // From here on whoever finds it without a lock removes it.
      try files.rename(hidden, to: place)
    } catch {
      // The first error is the one to tell.
      try? files.removeTree(hidden)
      throw error
    }
  }

  /// Notes which processes write here, so that whoever finds their owner dead can end those that survive it.
  func note(group: pid_t) throws(SystemError) {
    try files.write(
      Array("\(group)\n".utf8), to: files.open("\(place)/\(Self.group)", .createPrivate))
  }

  /// What cannot be removed is left to the next start.
  func remove() {
    try? files.removeTree(place)
    lock = nil
  }

  deinit { remove() }

  /// Removes what processes of this user have left that died before they could.
  ///
  /// - Parameter program: what a browser's processes run.
  static func removeLeftovers(in directory: String, of program: String) {
    let files = SystemFiles()
    for name in (try? files.names(in: directory)) ?? [] {
      let path = "\(directory)/\(name)"
      // A directory of somebody else's in /tmp is not ours to look into.
      guard let status = try? files.status(of: path), status.kind == .directory,
        status.owner == geteuid()
      else { continue }
      if name.hasPrefix(prefix) {
        let isHeld = (try? LifeLock.isHeld("\(path)/lock")) ?? true
        if !isHeld { remove(path, leftBy: program) }
      } else if name.hasPrefix("." + prefix), name.hasSuffix(aside) {
        if SystemClock.now() - status.modified > makingTime { try? files.removeTree(path) }
      }
    }
  }

  /// The kernel ends a browser with its owner, and the others follow; but one that was stopped does not.
  private static func remove(_ path: String, leftBy program: String) {
    let files = SystemFiles()
    let text = try? files.contents(of: "\(path)/\(group)", limit: 32)
    let digits = String(decoding: text ?? [], as: UTF8.self).prefix { $0.isNumber }
    // The number may have become another group's since.
    if let group = pid_t(digits), group > 1,
      ProcessGroup.members(of: group).contains(where: { ProcessGroup.runs(program, $0) })
    {
      _ = ProcessGroup.end(group, within: .seconds(5))
    }
    try? files.removeTree(path)
  }
}
