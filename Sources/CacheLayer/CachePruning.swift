// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// What whoever prunes a spool has to know of the cache layer, and may do in its place.
package struct CachePruning {
  private let layout: SpoolLayout
  private let files: any FileOperations
  private let reader: OutcomeReader

  package init(_ layout: SpoolLayout, files: any FileOperations) {
    self.layout = layout
    self.files = files
    reader = OutcomeReader(layout: layout, files: files)
  }

  /// Whether this result or failure asks for the cache or an event and has not had it: it must stay until then.
  package func isAwaited(
    _ state: JobState, _ id: JobID, in queue: QueueName
  ) throws(SystemError) -> Bool {
    guard let kind = Outcome.Kind.allCases.first(where: { $0.state == state }) else { return false }
    return try reader.read(Outcome(kind: kind, queue: queue, id: id)) != nil
  }

  /// The data of the entries that have expired.
  package func expired(at now: Timestamp) throws(CacheError) -> [String] {
    var paths: [String] = []
    try CacheStore(layout, files: files).forEachEntry { entry in
      if entry.isExpired(at: now) { paths.append("\(layout.cache)/\(entry.key.dataPath)") }
    }
    return paths
  }

  /// Does the cache layer's sweep: expired entries, data without one, marks of what was pruned.
  ///
  /// - Returns: false where the cache layer runs, and so does it itself, each entry at its time.
  package func sweep(at now: Timestamp) throws(SystemError) -> Bool {
    guard try files.exists(layout.cache) else { return true }
    guard let lock = try LifeLock.take(layout.cacheLock) else { return false }
    defer { withExtendedLifetime(lock) {} }
    let sweeper = CacheSweeper(layout: layout, files: files)
    for fan in try sweeper.fans() {
      _ = try sweeper.sweepEntries(in: fan, at: now)
      try sweeper.sweepData(in: fan, at: now)
    }
    try sweeper.sweepMarks()
    try sweeper.sweepFlights(at: now)
    return true
  }

  /// Removes the log of a channel on which nothing was told since then; false where something is being told.
  package func removeLog(_ path: String, untouchedSince moment: Timestamp) throws(SystemError)
    -> Bool
  {
    let log: OpenFile
    do { log = try files.open(path, .read) } catch  where error.errno == .noSuchFile {
      return false
    }
    // Whoever appends holds the lock, and looks for a new file after us.
    guard try log.tryLock() else { return false }
    let status = try log.status()
    guard status.changed <= moment, try files.status(of: path)?.inode == status.inode else {
      return false
    }
    try files.unlinkIfPresent(path)
    return true
  }
}
