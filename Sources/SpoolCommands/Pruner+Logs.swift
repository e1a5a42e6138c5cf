// SPDX-License-Identifier: MIT
import CacheLayer
import JSONValues
import SpoolProtocol
import SystemCalls

/// Event logs and log/: nothing that is being appended is lost.
extension Pruner {
  mutating func pruneEvents() throws(SystemError) {
    guard let age = settings.events else { return }
    try inBatches(of: spool.layout.events) { me, names throws(SystemError) in
      for name in names where name.hasSuffix(".jsonl") && !name.hasPrefix(".") {
        me.bearing { me throws(SystemError) in try me.pruneEvents(named: name, olderThan: age) }
      }
    }
  }

  private func pruneEvents(named name: String, olderThan age: Duration) throws(SystemError) {
    let path = spool.layout.eventLog(named: name)
    guard let status = try spool.files.status(of: path), status.kind == .regular,
      isOlder(status, than: age)
    else { return }
    if !isDryRun {
      let cache = CachePruning(spool.layout, files: spool.files)
      let since = now - age
      guard try cache.removeLog(path, untouchedSince: since) else { return }
    }
    tell("events", path)
  }

  mutating func pruneLogs() throws(SystemError) {
    guard let age = settings.logs else { return }
    try inBatches(of: spool.layout.log) { me, names throws(SystemError) in
      for name in names where name != SpoolLayout.readme && !name.hasPrefix(".") {
        let path = "\(me.spool.layout.log)/\(name)"
        me.bearing { me throws(SystemError) in
          if path == me.spool.layout.jobLog {
            try me.setJobLogAside(olderThan: age)
          } else if path != me.spool.layout.metrics {
            try me.pruneLog(path, olderThan: age)
          }
        }
      }
    }
  }

  /// Workers open it anew for each line; those that have it open now write into it under its new name.
  private func setJobLogAside(olderThan age: Duration) throws(SystemError) {
    let path = spool.layout.jobLog
    guard let began = try beginning(ofLog: path), now - began >= age else { return }
    let stamp = now.iso8601.prefix { $0 != "." }.filter { $0 != "-" && $0 != ":" } + "Z"
    let aside = spool.layout.jobLog(until: stamp)
    if !isDryRun {
      do {
        // Commit point: the next line begins a new file.
        try spool.files.rename(path, to: aside)
      } catch  where error.errno == .fileExists || error.errno == .noSuchFile {
        return
      }
    }
    tell("logs", "\(path) -> \(aside)")
  }

  /// When its first line was written; nil for an empty one.
  private func beginning(ofLog path: String) throws(SystemError) -> Timestamp? {
    let file = try spool.files.open(path, .read)
    let line = try file.readSome(1 << 16).prefix { $0 != UInt8(ascii: "\n") }
    guard !line.isEmpty else { return nil }
    let ended = (try? JSONValue(parsing: line))?["ended"]?.stringValue
    if let ended, let moment = Timestamp(iso8601: ended) { return moment }
    return try file.status().changed
  }

  /// A file that nobody has open for writing; where that cannot be told it stays.
  private func pruneLog(_ path: String, olderThan age: Duration) throws(SystemError) {
    guard let status = try spool.files.status(of: path), status.kind == .regular,
      isOlder(status, than: max(age, Self.settlingAge)),
      try spool.files.open(path, .read).hasWriter() == false
    else { return }
    if !isDryRun { try spool.files.unlinkIfPresent(path) }
    tell("logs", path)
  }
}
