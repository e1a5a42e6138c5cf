// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import TaskContract

/// Puts files of results under their keys: staged under hidden names first, then committed by renames.
///
/// The data come before their entry, so that an entry never speaks of data that are not there.
struct CacheWriter {
  let layout: SpoolLayout
  let files: any FileOperations
  /// Seconds that an entry lives whose result names no time.
  let defaultTimeout: Int

  /// Links the file and writes its entry, both under hidden names; what a crash left there is overwritten.
  func stage(
    _ request: CacheRequest, of outcome: Outcome, at now: Timestamp
  ) throws(StagingError) -> StagedEntry {
    let size = try linkData(request, of: outcome)
    // Rounded up, so that an entry never lives for less than it was given.
    let start = Int(now.seconds.rounded(.up))
    let timeout = request.timeout ?? defaultTimeout
    let entry = CacheEntry(
      key: request.key, queue: outcome.queue.text, job: outcome.id.text,
      contentType: request.contentType, bytes: size, stored: Int(now.seconds),
      expires: timeout == 0 ? nil : start + timeout)
    do {
      return StagedEntry(entry: entry, file: try write(entry))
    } catch {
      throw .system(error)
    }
  }

  /// The size of the file, which stands under the hidden name of its key from here on.
  private func linkData(
    _ request: CacheRequest, of outcome: Outcome
  ) throws(StagingError) -> Int {
    let aside = path(request.key.dataPath).asidePath
    let status: FileStatus?
    do {
      try link(request.file, of: outcome, to: aside)
      // Looked at under its new name: nobody can exchange it any more. link(2) follows no symbolic link.
      status = try files.status(of: aside)
      if status?.kind != .regular { try files.unlinkIfPresent(aside) }
    } catch  where Self.isTheFilesFault(error) {
      throw .refused("\(request.file): \(error.errno)")
    } catch {
      throw .system(error)
    }
    guard let status, status.kind == .regular else {
      throw .refused("\(request.file) is \(status?.kind.rawValue ?? "gone")")
    }
    return status.size
  }

  private func link(
    _ file: String, of outcome: Outcome, to aside: String
  ) throws(SystemError) {
    let kept = layout.resultFiles(outcome.id, in: outcome.queue)
    guard try files.status(of: kept)?.kind == .directory else {
      throw SystemError("link", "\(kept)/\(file)", .noSuchFile)
    }
    try makingParent(of: aside) { () throws(SystemError) in
      try files.unlinkIfPresent(aside)
      try files.link("\(kept)/\(file)", to: aside)
    }
  }

  private func write(_ entry: CacheEntry) throws(SystemError) -> OpenFile {
    let aside = path(entry.key.entryPath).asidePath
    return try makingParent(of: aside) { () throws(SystemError) in
      try files.unlinkIfPresent(aside)
      let file = try files.open(aside, .create)
      try files.write(entry.document.bytes + [UInt8(ascii: "\n")], to: file)
      return file
    }
  }

  private func makingParent<Value>(
    of path: String, _ body: () throws(SystemError) -> Value
  ) throws(SystemError) -> Value {
    do {
      return try body()
    } catch  where error.errno == .noSuchFile {
      try files.makeDirectories(path.parentPath)
      return try body()
    }
  }

  /// Replaces what stood under the key; called once the staged content is durable.
  func commit(_ staged: StagedEntry) throws(SystemError) {
    for target in [path(staged.entry.key.dataPath), path(staged.entry.key.entryPath)] {
      try files.replace(target, with: target.asidePath)
      // Between two links to one file rename(2) does nothing at all.
      try files.unlinkIfPresent(target.asidePath)
    }
  }

  /// The directories whose new names make the entry durable.
  func directories(of staged: StagedEntry) -> [String] {
    [path(staged.entry.key.dataPath).parentPath, path(staged.entry.key.entryPath).parentPath]
  }

  private func path(_ relative: String) -> String { "\(layout.cache)/\(relative)" }

  /// Errors that say what the file is like, and that no second try would change.
  private static func isTheFilesFault(_ error: SystemError) -> Bool {
    [.noSuchFile, .notPermitted, .crossDevice, .nameTooLong].contains(error.errno)
  }
}

/// An entry whose data and description stand under hidden names.
struct StagedEntry {
  let entry: CacheEntry
  let file: OpenFile
}

enum StagingError: Error, Hashable {
  /// This file can never be cached.
  case refused(String)
  case system(SystemError)
}
