// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Announces outcomes: their files in the cache first, then one event each, exactly once.
///
/// A batch goes through these steps, and may be killed between any two calls:
///
/// | step    | does                                                    | a crash after it leaves              |
/// | ------- | ------------------------------------------------------- | ------------------------------------ |
/// | stage   | links data, writes entries, under hidden names; syncs   | hidden names: overwritten or swept   |
/// | commit  | renames them to their keys; syncs                       | the cache filled, nothing announced: |
/// |         |                                                         | the scan finds no mark, does it again |
/// | intend  | publishes cache/.announcement: lines, offsets and marks | the commit point: replay finishes it |
/// | replay  | appends the lines, links the marks; syncs               | replay finds them and adds the rest  |
/// | forget  | removes cache/.announcement                             | nothing                              |
///
/// Why an event is never lost: an outcome counts as announced only by its mark, and a mark is made only after the line
/// stands. Why it never comes twice: once the intention stands, the lines, their ids and their place in the log are fixed,
/// and replay writes only those bytes that are not there yet; half a line is completed, a line that a power cut turned
/// into zeros is cut off and written again. A reader sees each line once, with one id.
///
/// A mark is a hard link to the very file that was announced. A job that is tried again and ends again leaves a new file,
/// with another inode, and is announced again; the mark keeps the old inode from being used for it. The mark of an
/// outcome that was pruned goes when the cache layer hears of it, or at its next scan.
///
/// - Important: ``replay()`` must have succeeded before ``settle(_:at:)``.
struct Announcer {
  let layout: SpoolLayout
  let files: any FileOperations
  let writer: CacheWriter

  init(layout: SpoolLayout, files: any FileOperations, defaultTimeout: Int) {
    self.layout = layout
    self.files = files
    writer = CacheWriter(layout: layout, files: files, defaultTimeout: defaultTimeout)
  }

  /// Caches and announces a batch, with the syncs of one; returns it with the entries made and what could not be done.
  ///
  /// - Throws: where nothing was announced, or where everything will be by ``replay()``.
  func settle(
    _ findings: [Finding], at now: Timestamp
  ) throws(SystemError) -> (findings: [Finding], entries: [CacheEntry]) {
    var findings = findings
    let staged = try stage(&findings, at: now)
    try commit(staged)
    let announcement = try plan(findings, at: now)
    if announcement.logs.isEmpty {
      // Nobody waits for an event: done twice is as good as done once.
      for mark in announcement.marks { try make(mark) }
    } else {
      // Commit point: the events will be heard.
      try files.publish(announcement.document.bytes, as: layout.announcement)
      try replay(announcement)
    }
    return (findings, staged.map(\.entry))
  }
}

// MARK: into the cache

extension Announcer {
  private func stage(
    _ findings: inout [Finding], at now: Timestamp
  ) throws(SystemError) -> [StagedEntry] {
    // Of two requests for one key the later wins, as it would one after the other.
    var staged: [String: StagedEntry] = [:]
    for index in findings.indices {
      for request in findings[index].requests {
        do {
          let entry = try writer.stage(request, of: findings[index].outcome, at: now)
          staged[request.key.entryPath] = entry
        } catch {
          switch error {
          case .refused(let reason): findings[index].complain(reason)
          case .system(let error): throw error
          }
        }
      }
    }
    return Array(staged.values)
  }

  private func commit(_ staged: [StagedEntry]) throws(SystemError) {
    guard !staged.isEmpty else { return }
    try files.makeDurable(staged.map(\.file), in: [], of: layout.cache)
    for entry in staged { try writer.commit(entry) }
    let directories = Set(staged.flatMap(writer.directories))
    try files.syncDirectories(directories, of: layout.cache)
  }
}

// MARK: events and marks

extension Announcer {
  private func plan(_ findings: [Finding], at now: Timestamp) throws(SystemError) -> Announcement {
    var announcement = Announcement()
    var tails: [EventChannel: EventTail] = [:]
    var lines: [EventChannel: [UInt8]] = [:]
    for finding in findings {
      announcement.marks.append(.init(outcome: finding.outcome, inode: finding.inode))
      guard let event = finding.event else { continue }
      var tail: EventTail
      if let known = tails[event.channel] {
        tail = known
      } else {
        tail = try self.tail(of: event.channel)
      }
      let id = EventID.next(after: tail.lastID, at: now)
      tail.lastID = id
      tails[event.channel] = tail
      // A line that somebody left unfinished must not swallow ours.
      let start = tail.endsWithLine ? [] : [UInt8(ascii: "\n")]
      lines[event.channel, default: start] += event.line(id: id, outcome: finding.outcome)
    }
    announcement.logs = lines.map { channel, bytes in
      .init(fileName: channel.fileName, offset: tails[channel]?.size ?? 0, bytes: bytes)
    }
    return announcement
  }

  private func tail(of channel: EventChannel) throws(SystemError) -> EventTail {
    do {
      return try EventTail(of: files.open(layout.eventLog(named: channel.fileName), .read))
    } catch  where error.errno == .noSuchFile {
      return EventTail()
    }
  }

  /// Finishes what was intended before a crash or a failure.
  func replay() throws(SystemError) {
    let bytes: [UInt8]
    do {
      bytes = try files.contents(of: layout.announcement)
    } catch  where error.errno == .noSuchFile {
      return
    }
    guard let announcement = Announcement(parsing: bytes) else {
      // It was published whole, so a disk has lost it: the marks decide, as after a crash before it.
      return try files.unlinkIfPresent(layout.announcement)
    }
    try replay(announcement)
  }

  private func replay(_ announcement: Announcement) throws(SystemError) {
    var logs: [OpenFile] = []
    for lines in announcement.logs { logs.append(try append(lines)) }
    // Only now: what is marked has been said.
    for mark in announcement.marks { try make(mark) }
    let directories = Set(announcement.marks.map { layout.marks(of: $0.outcome.queue) })
    try files.makeDurable(logs, in: directories.union([layout.events]), of: layout.cache)
    try files.unlinkIfPresent(layout.announcement)
  }

  /// Writes those of the lines that are not there yet.
  private func append(_ lines: Announcement.Lines) throws(SystemError) -> OpenFile {
    let path = layout.eventLog(named: lines.fileName)
    // Nobody prunes it under the lines that are to come; the lock goes with the file.
    let log = try files.openLocked(path, .append)
    let size = try log.status().size
    var missing = lines.bytes[...]
    // A log that is shorter than it was has been removed by a person: all of it is missing.
    if size > lines.offset {
      let present = try files.open(path, .read).readTail(size - lines.offset)
      if present.starts(with: lines.bytes) { return log }
      if lines.bytes.starts(with: present) {
        missing = missing.dropFirst(present.count)
      } else {
        try files.truncate(log, to: lines.offset)
      }
    }
    try files.write(Array(missing), to: log)
    return log
  }

  /// Links the mark to the file that was announced; where that file has gone, there is nothing to mark.
  private func make(_ mark: Announcement.Mark) throws(SystemError) {
    let target = mark.outcome.mark(in: layout)
    try files.unlinkIfPresent(target.asidePath)
    do {
      try link(mark.outcome, to: target.asidePath)
    } catch  where error.errno == .noSuchFile {
      return
    }
    if try files.status(of: target.asidePath)?.inode == mark.inode {
      try files.replace(target, with: target.asidePath)
    }
    // Left over where the file is a newer one, and where rename(2) found both names to be one file.
    try files.unlinkIfPresent(target.asidePath)
  }

  private func link(_ outcome: Outcome, to target: String) throws(SystemError) {
    let source = outcome.path(in: layout)
    do {
      try files.link(source, to: target)
    } catch  where error.errno == .noSuchFile {
      guard try files.exists(source) else { throw error }
      try files.makeDirectories(target.parentPath)
      try files.link(source, to: target)
    }
  }
}
