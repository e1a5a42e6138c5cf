// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

/// A channel's events as its readers see them; needs no running cache layer.
///
/// Keeps its place: each call gives what has been appended since the last one. A line without its end is being
/// written and waits for the next call; one without an id is not ours and is left out.
package struct EventLog {
  private let path: String
  private let files: any FileOperations
  private var last: EventID?
  private var offset = 0
  private var inode: UInt64?

  /// The events after this id, or all that are there.
  package init(
    _ channel: EventChannel, in layout: SpoolLayout, after last: EventID? = nil,
    files: any FileOperations = SystemFiles()
  ) {
    path = layout.eventLog(named: channel.fileName)
    self.files = files
    self.last = last
  }

  /// Calls `body` with each new event: its id and its line, one JSON object, without the end of the line.
  package mutating func forEachNew(
    _ body: (EventID, [UInt8]) -> Void
  ) throws(CacheError) {
    do {
      try readNew(body)
    } catch {
      // No event was ever sent, or the session is over.
      guard error.errno == .noSuchFile else { throw .system(error) }
    }
  }

  private mutating func readNew(_ body: (EventID, [UInt8]) -> Void) throws(SystemError) {
    let file = try files.open(path, .read)
    let status = try file.status()
    // Another file, or a shorter one: read from its start, what was seen already being left out by its id.
    if status.inode != inode || status.size < offset { offset = 0 }
    inode = status.inode
    try file.seek(to: offset)
    var rest: [UInt8] = []
    while true {
      let part = try file.readSome(64 * 1024)
      if part.isEmpty { return }
      rest += part
      guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { continue }
      for line in rest[..<end].split(separator: UInt8(ascii: "\n")) { tell(line, body) }
      offset += end + 1
      rest.removeSubrange(...end)
    }
  }

  private mutating func tell(_ line: ArraySlice<UInt8>, _ body: (EventID, [UInt8]) -> Void) {
    guard let document = try? JSONValue(parsing: line),
      let id = document["id"]?.stringValue.flatMap({ EventID($0) })
    else { return }
    if let last, id <= last { return }
    last = id
    body(id, Array(line))
  }
}
