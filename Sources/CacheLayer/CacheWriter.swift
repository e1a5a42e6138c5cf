// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import TaskContract

/// Puts files of results, and reasons of failures, under their keys: staged under hidden names first, then committed by renames.
///
/// The data come before their entry, so that an entry never speaks of data that are not there.
struct CacheWriter {
  let layout: SpoolLayout
  let files: any FileOperations
  /// Seconds that an entry lives whose result names no time.
  let defaultTimeout: Int
  /// Where this program reads what others may not.
  var linkGuard = LinkGuard.current()

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
    var status: FileStatus?
    var isTheQueues = false
    do {
      try link(request.file, of: outcome, to: aside)
      // Looked at under its new name: nobody can exchange it any more. link(2) follows no symbolic link.
      status = try files.status(of: aside)
      isTheQueues =
        try status.map { status throws(SystemError) in
          try isOf(outcome.queue, status, in: outcome.kind.state)
        } ?? false
      if !isTheQueues || status?.kind != .regular { try files.unlinkIfPresent(aside) }
    } catch  where Self.isTheFilesFault(error) {
      throw .refused("\(request.file): \(error.errno)")
    } catch {
      throw .system(error)
    }
    guard let status, status.kind == .regular else {
      throw .refused("\(request.file) is \(status?.kind.rawValue ?? "gone")")
    }
    guard isTheQueues else { throw .refused("\(request.file) belongs to another user") }
    return status.size
  }

  /// Whether a file is the queue's: its tasks can give a name to anybody's.
  private func isOf(
    _ queue: QueueName, _ file: FileStatus, in state: JobState
  ) throws(SystemError) -> Bool {
    guard let linkGuard else { return true }
    let directory = try files.status(of: layout.directory(of: state, queue))
    return directory.map { linkGuard.trusts(file, in: $0) } ?? false
  }

  private func link(
    _ file: String, of outcome: Outcome, to aside: String
  ) throws(SystemError) {
    let kept = outcome.files(in: layout)
    guard try files.status(of: kept)?.kind == .directory else {
      throw SystemError("link", "\(kept)/\(file)", .noSuchFile)
    }
    // By descriptor: whoever may write into results/QUEUE, or errors/QUEUE, can put a link in its place at any moment.
    let directory = try files.open(kept, .read)
    try makingParent(of: aside) { () throws(SystemError) in
      try files.unlinkIfPresent(aside)
      try files.link(file, in: directory, to: aside)
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
    [.noSuchFile, .notPermitted, .crossDevice, .nameTooLong, .notADirectory, .tooManyLinks]
      .contains(
        error.errno)
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
