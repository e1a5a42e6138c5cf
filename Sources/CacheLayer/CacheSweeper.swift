// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import TaskContract

/// Removes what has expired and what nothing speaks of any more; only the cache layer itself may sweep.
///
/// An entry goes before its data, so that a crash between them leaves data that nobody can find, which the next
/// sweep removes. Hidden names are leftovers of a crash: whoever sweeps is not writing.
struct CacheSweeper {
  /// Data without an entry, and flights that nobody holds, are removed at this age.
  static let leftoverAge: Duration = .seconds(3600)

  let layout: SpoolLayout
  let files: any FileOperations

  /// The directories over which the entries are spread, as far as there are any.
  func fans() throws(SystemError) -> Set<String> {
    var fans: Set<String> = []
    for directory in [layout.cache, layout.cacheEntries] {
      try forEachName(in: directory) { name throws(SystemError) in
        if name.utf8.count == 2, !name.hasPrefix(".") { fans.insert(name) }
      }
    }
    return fans
  }

  /// Sweeps one of the directories of entries; returns when the next of them expires.
  func sweepEntries(in fan: String, at now: Timestamp) throws(SystemError) -> Int? {
    var next: Int?
    let directory = "\(layout.cacheEntries)/\(fan)"
    try forEachName(in: directory) { name throws(SystemError) in
      if name.hasPrefix(".") { return try files.unlinkIfPresent("\(directory)/\(name)") }
      guard let entry = try validEntry(named: name, in: fan), !entry.isExpired(at: now) else {
        try files.unlinkIfPresent("\(directory)/\(name)")
        return try files.unlinkIfPresent("\(layout.cache)/\(fan)/\(name)")
      }
      if let expires = entry.expires { next = min(next ?? expires, expires) }
    }
    return next
  }

  /// Nil where the entry cannot be read, belongs elsewhere or has lost its data.
  private func validEntry(named name: String, in fan: String) throws(SystemError) -> CacheEntry? {
    let path = "\(layout.cacheEntries)/\(fan)/\(name)"
    guard
      let entry = CacheEntry(parsing: try files.contents(of: path, limit: CacheStore.entryLimit)),
      entry.key.entryPath == ".entries/\(fan)/\(name)",
      try files.exists("\(layout.cache)/\(entry.key.dataPath)")
    else { return nil }
    return entry
  }

  /// Data that no entry speaks of.
  func sweepData(in fan: String, at now: Timestamp) throws(SystemError) {
    let directory = "\(layout.cache)/\(fan)"
    try forEachName(in: directory) { name throws(SystemError) in
      let path = "\(directory)/\(name)"
      if name.hasPrefix(".") { return try files.unlinkIfPresent(path) }
      guard let status = try files.status(of: path), status.kind == .regular,
        now - status.changed > Self.leftoverAge,
        try !files.exists("\(layout.cacheEntries)/\(fan)/\(name)")
      else { return }
      try files.unlinkIfPresent(path)
    }
  }

  /// Locks of computations that are over, with what they computed.
  func sweepFlights(at now: Timestamp) throws(SystemError) {
    try forEachName(in: layout.flights) { name throws(SystemError) in
      let path = "\(layout.flights)/\(name)"
      guard let status = try files.status(of: path), status.kind == .regular,
        now - status.changed > Self.leftoverAge
      else { return }
      if name.hasSuffix(".lock") { return try removeFlight(lock: path) }
      let lock = "\(path.dropLast(name.hasSuffix(".data") ? ".data".count : 0)).lock"
      if try !files.exists(lock) { try files.unlinkIfPresent(path) }
    }
  }

  /// Holds the lock while it removes, so that no computation begins under it in between.
  private func removeFlight(lock path: String) throws(SystemError) {
    do {
      let lock = try files.open(path, .read)
      guard try lock.tryLock() else { return }
      try files.unlinkIfPresent("\(path.dropLast(".lock".count)).data")
      try files.unlinkIfPresent(path)
    } catch  where error.errno == .noSuchFile {
      return
    }
  }

  /// Marks of outcomes that were pruned; only these: a mark of an older outcome is replaced, not removed.
  func sweepMarks() throws(SystemError) {
    try forEachName(in: layout.allMarks) { name throws(SystemError) in
      guard let queue = QueueName(name) else { return }
      try sweepMarks(of: queue)
    }
  }

  private func sweepMarks(of queue: QueueName) throws(SystemError) {
    let directory = layout.marks(of: queue)
    try forEachName(in: directory) { name throws(SystemError) in
      if name.hasPrefix(".") { return try files.unlinkIfPresent("\(directory)/\(name)") }
      guard let outcome = Outcome(mark: name, of: queue) else { return }
      try sweepMark(of: outcome)
    }
  }

  /// Removes the mark of an outcome that no longer stands.
  func sweepMark(of outcome: Outcome) throws(SystemError) {
    guard try !files.exists(outcome.path(in: layout)) else { return }
    try files.unlinkIfPresent(outcome.mark(in: layout))
  }

  /// Calls `body` with each name; a directory that is not there has none.
  private func forEachName(
    in directory: String, _ body: (String) throws(SystemError) -> Void
  ) throws(SystemError) {
    var failure: SystemError?
    do {
      try files.forEachName(in: directory) { name in
        do throws(SystemError) {
          try body(name)
        } catch {
          // Removed by somebody else while we looked at it.
          if error.errno != .noSuchFile { failure = error }
        }
        return failure == nil
      }
    } catch  where error.errno == .noSuchFile || error.errno == .notADirectory {
      return
    }
    if let failure { throw failure }
  }
}
