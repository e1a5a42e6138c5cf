// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import TaskContract

/// The cache as its readers see it; needs no running cache layer.
package struct CacheStore: Sendable {
  /// Bytes of an entry that are read; larger ones are not ours.
  static let entryLimit = 64 * 1024
  /// Tries to find an entry and its data belonging together while they are being replaced.
  private static let patience = 100

  private let layout: SpoolLayout
  private let files: any FileOperations

  package init(_ layout: SpoolLayout, files: any FileOperations = SystemFiles()) {
    self.layout = layout
    self.files = files
  }

  /// What is known of a key and its data, opened for reading.
  ///
  /// - Throws: ``CacheError/noSuchKey(_:)``, ``CacheError/expired(_:at:)``.
  package func get(
    _ key: CacheKey, at now: Timestamp
  ) throws(CacheError) -> (entry: CacheEntry, data: OpenFile) {
    for _ in 0..<Self.patience {
      let entry = try entry(of: key)
      if let expires = entry.expires, entry.isExpired(at: now) { throw .expired(key, at: expires) }
      let data = try open(key)
      let size = try CacheError.wrapping { () throws(SystemError) in try data.status().size }
      // The data are replaced just before their entry is.
      if size == entry.bytes, try self.entry(of: key) == entry { return (entry, data) }
    }
    throw .damaged(path: path(key.dataPath), reason: "it is not as long as its entry says")
  }

  /// Writes the data of a key to a descriptor.
  package func copy(
    _ key: CacheKey, to output: OpenFile, at now: Timestamp
  ) throws(CacheError) {
    let data = try get(key, at: now).data
    try CacheError.wrapping { () throws(SystemError) in
      while true {
        let part = try data.readSome(64 * 1024)
        if part.isEmpty { return }
        try output.write(part)
      }
    }
  }

  /// Every entry, the expired ones included, in no order.
  package func forEachEntry(_ body: (CacheEntry) -> Void) throws(CacheError) {
    let fans = try CacheError.wrapping { () throws(SystemError) in
      try CacheSweeper(layout: layout, files: files).fans()
    }
    for fan in fans {
      for name in try names(in: "\(layout.cacheEntries)/\(fan)") where !name.hasPrefix(".") {
        // One that is removed or damaged is no entry; the next sweep sees to it.
        if let entry = try? read("\(layout.cacheEntries)/\(fan)/\(name)") { body(entry) }
      }
    }
  }

  /// Removes a key; false where there was none.
  package func remove(_ key: CacheKey) throws(CacheError) -> Bool {
    try CacheError.wrapping { () throws(SystemError) in
      let isThere = try files.exists(path(key.entryPath))
      // The entry first: data that nobody can find are swept, an entry without data would mislead.
      try files.unlinkIfPresent(path(key.entryPath))
      try files.unlinkIfPresent(path(key.dataPath))
      return isThere
    }
  }

  package func statistics(at now: Timestamp) throws(CacheError) -> CacheStatistics {
    var statistics = CacheStatistics()
    try forEachEntry { statistics.count($0, at: now) }
    return statistics
  }

  // MARK: files

  private func path(_ relative: String) -> String { "\(layout.cache)/\(relative)" }

  private func names(in directory: String) throws(CacheError) -> [String] {
    do {
      return try files.names(in: directory)
    } catch {
      if error.errno == .noSuchFile { return [] }
      throw .system(error)
    }
  }

  private func entry(of key: CacheKey) throws(CacheError) -> CacheEntry {
    do {
      return try read(path(key.entryPath))
    } catch .system(let error) where error.errno == .noSuchFile {
      throw .noSuchKey(key)
    }
  }

  private func read(_ path: String) throws(CacheError) -> CacheEntry {
    let bytes = try CacheError.wrapping { () throws(SystemError) in
      try files.contents(of: path, limit: Self.entryLimit)
    }
    guard let entry = CacheEntry(parsing: bytes) else {
      throw .damaged(path: path, reason: "it is no entry")
    }
    return entry
  }

  private func open(_ key: CacheKey) throws(CacheError) -> OpenFile {
    do {
      return try files.open(path(key.dataPath), .read)
    } catch {
      throw error.errno == .noSuchFile ? .noSuchKey(key) : .system(error)
    }
  }
}

/// What `spool cache stat` shows.
package struct CacheStatistics: Hashable, Sendable {
  package private(set) var entries = 0
  package private(set) var bytes = 0
  /// Entries that are not served any more and wait for their removal.
  package private(set) var expired = 0
  /// When the oldest was stored, Unix time.
  package private(set) var oldest: Int?

  mutating func count(_ entry: CacheEntry, at now: Timestamp) {
    entries += 1
    bytes += entry.bytes
    if entry.isExpired(at: now) { expired += 1 }
    oldest = min(oldest ?? entry.stored, entry.stored)
  }
}
