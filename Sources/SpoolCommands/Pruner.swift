// SPDX-License-Identifier: MIT
import CacheLayer
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// Removes what has become too old, while everything runs: `spool prune`.
///
/// A file's age is counted from its last change of any kind, a rename included: from when it came to stand there.
///
/// Results and errors are pairs, and so is what is corrupt: a main file, by which its id is taken, and a companion.
/// The companion is renamed aside first, while the id is still taken, so that no newcomer of that id can have put
/// its own in the place; then the main file goes, then the companion. Killed between these calls it leaves a main
/// file that the next time removes, or a hidden `.NAME.pruned`, which the next time removes an hour later.
package struct Pruner {
  /// What a crash has left, and what somebody may be about to complete, is left alone for so long.
  static let leftoverAge: Duration = .seconds(3600)
  /// Whoever opened a log before it was set aside has long written into it.
  static let settlingAge: Duration = .seconds(60)
  /// Names held in memory at a time.
  static let batchLimit = 10_000

  let spool: Spool
  let settings: PruneSettings
  let now: Timestamp
  /// Only tells.
  let isDryRun: Bool
  /// Also removes what the cache layer has not announced yet.
  let ignoresCache: Bool
  /// Hears of each path that is removed, or would be.
  let tell: (_ kind: String, _ path: String) -> Void
  /// What could not be done; the rest was.
  package internal(set) var failures: [SystemError] = []

  package init(
    _ spool: Spool, _ settings: PruneSettings, at now: Timestamp, isDryRun: Bool = false,
    ignoresCache: Bool = false, tell: @escaping (_ kind: String, _ path: String) -> Void
  ) {
    self.spool = spool
    self.settings = settings
    self.now = now
    self.isDryRun = isDryRun
    self.ignoresCache = ignoresCache
    self.tell = tell
  }

  package mutating func run() throws(CacheError) {
    prunePairs()
    bearing { me throws(SystemError) in try me.pruneEvents() }
    bearing { me throws(SystemError) in try me.pruneLogs() }
    try pruneCache()
  }

  /// One thing that cannot be removed keeps nothing else.
  mutating func bearing(_ body: (inout Pruner) throws(SystemError) -> Void) {
    do { try body(&self) } catch { failures.append(error) }
  }

  func isOlder(_ status: FileStatus, than age: Duration) -> Bool { now - status.changed >= age }

  mutating func remove(_ path: String, _ kind: String) {
    bearing { me throws(SystemError) in
      if !me.isDryRun { try me.spool.files.removeTree(path) }
      me.tell(kind, path)
    }
  }

  /// Calls `body` with the names of a directory, many at a time; one that is not there has none.
  mutating func inBatches(
    of directory: String, _ body: (inout Pruner, [String]) throws(SystemError) -> Void
  ) throws(SystemError) {
    var batch: [String] = []
    var failure: SystemError?
    do {
      try spool.files.forEachName(in: directory) { name in
        batch.append(name)
        guard batch.count >= Self.batchLimit else { return true }
        do throws(SystemError) { try body(&self, batch) } catch { failure = error }
        batch = []
        return failure == nil
      }
    } catch  where error.errno == .noSuchFile || error.errno == .notADirectory {
      return
    }
    if let failure { throw failure }
    try body(&self, batch)
  }

  private mutating func pruneCache() throws(CacheError) {
    let pruning = CachePruning(spool.layout, files: spool.files)
    let expired = try pruning.expired(at: now)
    if isDryRun {
      for path in expired { tell("cache", path) }
      return
    }
    bearing { me throws(SystemError) in
      guard try pruning.sweep(at: me.now) else { return }
      for path in expired { me.tell("cache", path) }
    }
  }
}
